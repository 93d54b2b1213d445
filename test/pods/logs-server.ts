import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

/** The output of a container. */
export interface ContainerLog {
  readonly file: string;
  /** Whether more may come. */
  readonly grows: () => boolean;
}

/**
 * The kubelet's answer to the API server when it is asked for logs (`/containerLogs/…` in
 * `pkg/kubelet/server/server.go`), with `tailLines`, `follow`, `previous`, `timestamps` and `sinceTime`.
 */
export async function serveLogs(
  certificate: { cert: string; key: string },
  find: (namespace: string, pod: string, container: string, previous: boolean) => ContainerLog | undefined,
): Promise<Server> {
  const server = createServer(certificate, (request, response) => {
    const url = new URL(request.url!, 'https://kubelet');
    const [, kind, namespace, pod, container] = url.pathname.split('/');
    const query = url.searchParams;
    const log = kind === 'containerLogs' && find(namespace, pod, container, query.get('previous') === 'true');
    if (!log || !existsSync(log.file)) {
      response.writeHead(404).end(`container "${container}" in pod "${pod}" is not available\n`);
      return;
    }
    void send(log, response, query);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function send(log: ContainerLog, response: ServerResponse, query: URLSearchParams): Promise<void> {
  const tail = query.get('tailLines');
  response.writeHead(200, { 'Content-Type': 'text/plain' });
  let sent = linesOf(log);
  response.write(text(log.file, sent, query, tail === null ? 0 : Math.max(0, sent.length - Number(tail))));
  while (query.get('follow') === 'true' && !response.destroyed) {
    const last = !log.grows();
    const now = linesOf(log);
    response.write(text(log.file, now, query, sent.length));
    sent = now;
    if (last) break;
    await sleep(50);
  }
  response.end();
}

/** The whole lines of a log; what stands after the last of them is one when no more comes. */
function linesOf({ file, grows }: ContainerLog): string[] {
  const ended = !grows();
  const lines = readFileSync(file, 'utf8').split(/(?<=\n)/);
  return lines.filter((line) => line.endsWith('\n') || (ended && line !== ''));
}

/**
 * Lines from a position on. The kubelet knows when it got each line (RFC 3339 with nanoseconds); here each is one
 * nanosecond later than the one before it, so that the times are as stable and as ordered. Of `sinceTime` the API
 * server passes whole seconds on (`pkg/registry/core/pod/strategy.go`).
 */
function text(file: string, lines: readonly string[], query: URLSearchParams, from: number): string {
  const second = new Date(statSync(file).birthtimeMs).toISOString().slice(0, 19);
  const since = query.get('sinceTime');
  if (since !== null && Date.parse(`${second}Z`) < Date.parse(since)) return '';
  const isTimed = query.get('timestamps') === 'true';
  return lines
    .map((line, index) => (isTimed ? `${second}.${String(index).padStart(9, '0')}Z ${line}` : line))
    .slice(from)
    .join('');
}
