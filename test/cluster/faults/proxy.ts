import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request, type Server } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../cluster';

/** One request of a client, as the proxy sees it before it goes on. */
export interface Seen {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** Whether the request asks for a watch. */
  readonly watch: boolean;
  /** When it came, in ms since 1970. */
  readonly at: number;
  /** HTTP status of the answer. @default undefined: not answered yet */
  status?: number;
}

/** What happens to a request instead of its being passed on. */
export interface Fault {
  /** Answered with this HTTP status. */
  readonly status?: number;
  /** Headers of that answer. */
  readonly headers?: Record<string, string>;
  /** Body of that answer; JSON. */
  readonly body?: object;
  /** Passed on this much later, in ms. */
  readonly delayMilliseconds?: number;
  /**
   * The connection is cut: before the request is passed on, when it was done but its answer was not passed back
   * yet, or this long into the answer, in ms.
   */
  readonly cut?: 'before' | 'done' | number;
}

/** Stands in front of the API server, with its certificate, notes every request and can spoil some. */
export class FaultProxy {
  static async start(cluster: Cluster): Promise<FaultProxy> {
    const server = createServer(cluster.servingCertificate());
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return new FaultProxy(cluster, server);
  }

  /** All requests so far, in their order. */
  readonly seen: Seen[] = [];
  /** Decides for each request what happens to it. @default - it is passed on */
  fault: (request: Seen) => Fault | undefined = () => undefined;
  /** URL of the proxy, for a kubeconfig. */
  readonly server: string;

  private constructor(
    private readonly cluster: Cluster,
    private readonly http: Server,
  ) {
    this.server = `https://127.0.0.1:${(http.address() as AddressInfo).port}`;
    http.on('request', (incoming, outgoing) => void this.handle(incoming, outgoing));
  }

  /** Requests that change something. */
  get writes(): Seen[] {
    return this.seen.filter(({ method, url }) => method !== 'GET' && !/dryRun=All|\/selfsubject/.test(url));
  }

  async stop(): Promise<void> {
    this.http.closeAllConnections();
    await once(this.http.close(), 'close');
  }

  private async handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const url = incoming.url!;
    const watch = /[?&]watch=(true|1)/.test(url);
    const seen: Seen = { method: incoming.method!, url, watch, at: Date.now() };
    this.seen.push(seen);
    const { status, headers, body, delayMilliseconds, cut } = this.fault(seen) ?? {};
    if (delayMilliseconds) await sleep(delayMilliseconds);
    if (cut === 'before') return void incoming.socket.destroy();
    if (status) {
      seen.status = status;
      outgoing.writeHead(status, { 'Content-Type': 'application/json', ...headers });
      return void outgoing.end(JSON.stringify(body ?? statusOf(status)));
    }
    this.passOn(incoming, outgoing, seen, cut);
  }

  private passOn(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    seen: Seen,
    cut?: 'done' | number,
  ): void {
    const { server, ca } = this.cluster.client.connection();
    const { host: _, ...headers } = incoming.headers;
    const options = { method: incoming.method, headers, ca };
    const passed = request(new URL(incoming.url!, server), options, (answer) => {
      seen.status = answer.statusCode;
      if (cut === 'done') return void answer.resume().once('end', () => incoming.socket.destroy());
      outgoing.writeHead(answer.statusCode!, answer.headers);
      // A watch without any event yet is nevertheless answered.
      outgoing.flushHeaders();
      answer.pipe(outgoing);
      answer.once('error', () => outgoing.destroy());
      if (cut) setTimeout(() => outgoing.destroy(), cut).unref();
    });
    passed.once('error', () => incoming.socket.destroy());
    outgoing.once('close', () => passed.destroy());
    incoming.pipe(passed);
  }
}

/** What the API server says with an HTTP status of failure. */
export function statusOf(code: number, reason = '', message = `played: ${code}`): object {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code };
}
