import type { Api } from '../../kubernetes/api';
import { pause } from '../../kubernetes/pause';

/** A line is cut after so many characters. The longest that a Job writes is its report, a fraction of this. */
const longestLine = 1024 * 1024;

/** A container whose log is read. */
export interface LoggingContainer {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/**
 * Reads a container's log from its beginning to its end, each line once, also where the connection is cut. A log
 * that cannot be read ends it: the Job's own state says how it went.
 */
export async function followLog(
  api: Api,
  container: LoggingContainer,
  onLine: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  let last = '';
  while (!signal.aborted) {
    const from = last;
    const ended = await readOnce(api, logPath(container, { follow: true, since: from }), signal, (text) => {
      const [time = '', ...words] = text.split(' ');
      if (time <= from) return;
      last = time;
      onLine(words.join(' '));
    });
    if (ended) return;
    await pause(500, signal);
  }
}

/** The last lines of a container's log; nothing where it cannot be read. */
export async function lastLines(api: Api, container: LoggingContainer, count: number): Promise<string> {
  try {
    return await api.text(logPath(container, { tail: count }));
  } catch {
    return '';
  }
}

/** @returns whether the log was read to its end, or cannot be read at all */
async function readOnce(
  api: Api,
  path: string,
  signal: AbortSignal,
  onText: (text: string) => void,
): Promise<boolean> {
  try {
    const stream = await api.transport.open(path, signal);
    stream.setEncoding('utf8');
    let rest = '';
    for await (const chunk of stream) {
      const parts = (rest + (chunk as string)).split('\n').map((part) => part.slice(0, longestLine));
      rest = parts.pop() ?? '';
      if (stream.statusCode === 200) for (const part of parts) onText(part);
    }
    if (stream.statusCode === 200 && rest !== '') onText(rest);
    const mayComeBack =
      stream.statusCode === 401 || stream.statusCode === 429 || (stream.statusCode ?? 0) >= 500;
    if (stream.statusCode === 401) await api.transport.connection.renew();
    return !mayComeBack;
  } catch {
    return signal.aborted;
  }
}

function logPath(
  { namespace, pod, container }: LoggingContainer,
  { follow, since, tail }: { readonly follow?: boolean; readonly since?: string; readonly tail?: number },
): string {
  const query = new URLSearchParams({ container });
  if (follow) query.set('follow', 'true');
  if (since !== undefined) {
    query.set('timestamps', 'true');
    if (since !== '') query.set('sinceTime', since);
  }
  if (tail !== undefined) {
    query.set('tailLines', String(tail));
    query.set('limitBytes', String(tail * longestLine));
  }
  return `/api/v1/namespaces/${namespace}/pods/${pod}/log?${query}`;
}
