import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { ServerResponse } from 'node:http';
import { createServer, Server } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

/** The output of a container. */
export interface ContainerLog {
  readonly file: string;
  /** Whether more may come. */
  readonly grows: () => boolean;
}

/**
 * The kubelet's answer to the API server when it is asked for logs (`/containerLogs/…` in
 * `pkg/kubelet/server/server.go`), with `tailLines`, `follow` and `previous`.
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
    void send(log, response, query.get('tailLines'), query.get('follow') === 'true');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function send(
  log: ContainerLog,
  response: ServerResponse,
  tailLines: string | null,
  follow: boolean,
): Promise<void> {
  let text = readFileSync(log.file);
  response.writeHead(200, { 'Content-Type': 'text/plain' });
  response.write(tailLines === null ? text : lastLines(text.toString(), Number(tailLines)));
  while (follow && !response.destroyed) {
    const last = !log.grows();
    const now = readFileSync(log.file);
    if (now.length > text.length) response.write(now.subarray(text.length));
    text = now;
    if (last) break;
    await sleep(50);
  }
  response.end();
}

function lastLines(text: string, count: number): string {
  const lines = text.split(/(?<=\n)/);
  return count === 0 ? '' : lines.slice(-count).join('');
}
