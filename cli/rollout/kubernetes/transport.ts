import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { apiErrorOf, UnreachableError, type ApiError } from './api-error';
import type { Connection } from './connection';
import { jsonOf } from './json';
import { secretsIn } from './masked';
import { withDigests } from './secret-text';

/** When a request may be sent. */
export interface RequestConditions {
  /** Ends waiting before a retry; a request under way is always finished. */
  readonly signal?: AbortSignal;
  /** Awaited before each attempt of a write; where it rejects, nothing is sent. */
  readonly beforeWrite?: () => Promise<void>;
}

/** One request to the API server. */
export interface ApiRequest extends RequestConditions {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The path with its query. */
  readonly path: string;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly accept?: string;
}

/** An answer, its body as text. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: string;
  /** The server's clock: the `Date` header. */
  readonly date?: string;
}

/** Counts of what was sent, for those who measure. */
export interface TransportStatistics {
  requests: number;
  writes: number;
  retries: number;
}

/** How long and how often a request is tried. Times in milliseconds. */
export interface TransportOptions {
  /** @default 120000: an API server that restarts is back within this time */
  readonly retryFor?: number;
  /** The same, before the server answered for the first time. @default 5000 */
  readonly retryFirstFor?: number;
  /** @default 60000: a request without an answer is given up and tried again */
  readonly answerWithin?: number;
}

const retriedStatus = new Set([429, 500, 502, 503, 504]);
/** A 500 is often a webhook that fails for good, so it is not tried for minutes. */
const maxInternalErrors = 4;
const retriedFailures = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ERR_STREAM_PREMATURE_CLOSE',
]);

/** Sends requests, each again while the server is away, overloaded or has refused an expired token. */
export class Transport {
  readonly statistics: TransportStatistics = { requests: 0, writes: 0, retries: 0 };
  private answered = false;
  /** How far the server's clock is before this machine's, in milliseconds, as of its last answer. */
  private ahead = 0;

  constructor(
    readonly connection: Connection,
    private readonly options: TransportOptions = {},
  ) {}

  /**
   * @throws ApiError when the server refuses.
   * @throws UnreachableError when it did not answer for `retryFor`.
   */
  async send(request: ApiRequest): Promise<ApiAnswer> {
    const { retryFor = 120_000, retryFirstFor = 5_000 } = this.options;
    const giveUpAt = Date.now() + (this.answered ? retryFor : retryFirstFor);
    let renewed = false;
    for (let attempt = 0; ; attempt++) {
      if (isWrite(request)) await request.beforeWrite?.();
      const outcome = await this.attempt(request);
      if ('status' in outcome) {
        if (outcome.status < 400) return outcome;
        if (outcome.status === 401 && !renewed) {
          renewed = true;
          await this.connection.renew();
          continue;
        }
        const error = refusalOf(request, outcome);
        const final =
          !retriedStatus.has(error.status) || (error.status === 500 && attempt >= maxInternalErrors);
        if (final) throw error;
      }
      const pause = retryPause(attempt, 'retryAfter' in outcome ? outcome.retryAfter : undefined);
      if (Date.now() + pause > giveUpAt || request.signal?.aborted) {
        if ('status' in outcome) throw refusalOf(request, outcome);
        throw new UnreachableError(this.connection, outcome.failure);
      }
      this.statistics.retries++;
      await sleep(pause, undefined, { signal: request.signal });
    }
  }

  /** The server's clock, in epoch milliseconds: clocks of machines differ. */
  get serverTime(): number {
    return Date.now() + this.ahead;
  }

  /** Opens a stream: the answer's body is read by the caller. Not tried again. */
  async open(path: string, signal: AbortSignal): Promise<IncomingMessage> {
    return this.exchange({ method: 'GET', path }, signal);
  }

  private async attempt(
    request: ApiRequest,
  ): Promise<(ApiAnswer & { retryAfter?: string }) | { failure: string }> {
    const within = AbortSignal.timeout(this.options.answerWithin ?? 60_000);
    try {
      const response = await this.exchange(request, within);
      const body = await textOf(response);
      this.answered = true;
      const { date, 'retry-after': retryAfter } = response.headers;
      if (date !== undefined) this.ahead = Date.parse(date) - Date.now();
      return { status: response.statusCode ?? 0, body, date, retryAfter };
    } catch (error) {
      if (within.aborted) return { failure: 'no answer in time' };
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      if (!retriedFailures.has(code)) throw new UnreachableError(this.connection, message);
      return { failure: code };
    }
  }

  private async exchange(request: ApiRequest, signal: AbortSignal): Promise<IncomingMessage> {
    const { headers, agent } = await this.connection.credentials();
    this.statistics.requests++;
    if (isWrite(request)) this.statistics.writes++;
    const body = request.body === undefined ? undefined : jsonOf(request.body);
    const url = new URL(this.connection.server.replace(/\/$/, '') + request.path);
    const send = url.protocol === 'http:' ? httpRequest : httpsRequest;
    return new Promise((resolve, reject) => {
      const outgoing = send(
        url,
        {
          method: request.method,
          agent,
          signal,
          headers: {
            ...headers,
            Accept: request.accept ?? 'application/json',
            'User-Agent': 'cdk8s-rhdh',
            ...(body === undefined
              ? {}
              : {
                  'Content-Type': request.contentType ?? 'application/json',
                  'Content-Length': Buffer.byteLength(body),
                }),
          },
        },
        resolve,
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }
}

/** The server quotes what it refuses (`Invalid value: "…"`), so what was secret in the request is masked in its answer. */
function refusalOf({ body }: ApiRequest, answer: ApiAnswer): ApiError {
  const secrets = secretsIn(body);
  return apiErrorOf(answer.status, answer.body, (text) => withDigests(text, secrets));
}

/** Whether a request may change the cluster: dry runs and access reviews do not. */
function isWrite({ method, path }: ApiRequest): boolean {
  return method !== 'GET' && !path.includes('dryRun=All') && !path.includes('/selfsubject');
}

/** Seconds, or a date, as `Retry-After` says; else doubling from 0.2 to 5 s, spread so that many do not meet. */
function retryPause(attempt: number, retryAfter: string | undefined): number {
  const seconds = Number(retryAfter);
  if (retryAfter !== undefined && Number.isFinite(seconds)) return Math.min(seconds, 60) * 1000;
  return Math.min(200 * 2 ** attempt, 5000) * (0.75 + Math.random() / 2);
}

async function textOf(response: IncomingMessage): Promise<string> {
  response.setEncoding('utf8');
  let text = '';
  for await (const chunk of response) text += chunk as string;
  return text;
}
