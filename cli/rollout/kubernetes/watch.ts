import type { KubeObject } from './object';
import type { Api } from './api';
import { apiErrorOf, ApiError } from './api-error';
import { parseJson } from './json';
import { pause } from './pause';
import { pathOf, type KindVersion } from './resource';

/** What a watch reports. After `synced` the state is complete: first list, or list again after a gap. */
export type WatchEvent =
  | { readonly type: 'synced'; readonly items: KubeObject[] }
  | { readonly type: 'changed'; readonly object: KubeObject }
  | { readonly type: 'deleted'; readonly object: KubeObject };

/** What of a kind is watched: everything in the cluster, in a namespace, or one object. */
export interface WatchScope {
  readonly namespace?: string;
  readonly name?: string;
}

/** The server ends a watch after this time, in seconds, so that one whose peer vanished is noticed. */
const watchSeconds = 120;

/**
 * Lists a kind and then watches it until `signal` ends it. A watch that is cut goes on where it stopped; one
 * whose version expired (410) lists again.
 *
 * @throws ApiError when the kind may not be listed or watched.
 */
export async function watch(
  api: Api,
  kind: KindVersion,
  { namespace, name }: WatchScope,
  onEvent: (event: WatchEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const selector = name === undefined ? '' : `fieldSelector=${encodeURIComponent(`metadata.name=${name}`)}`;
  const resource = await api.resource(kind);
  while (!signal.aborted) {
    const list = await api.list(kind, namespace, selector);
    onEvent({ type: 'synced', items: list.items });
    let version: string | undefined = list.resourceVersion;
    while (version !== undefined && !signal.aborted) {
      const path = `${pathOf(resource, namespace)}?watch=1&allowWatchBookmarks=true&resourceVersion=${version}&timeoutSeconds=${watchSeconds}${selector && `&${selector}`}`;
      version = await follow(api, path, version, onEvent, signal);
      if (version !== undefined) await pause(250, signal);
    }
  }
}

interface RawEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: KubeObject & { readonly code?: number };
}

/** Reads one stream to its end. Gives the version to go on from, or nothing when only a new list helps. */
async function follow(
  api: Api,
  path: string,
  from: string,
  onEvent: (event: WatchEvent) => void,
  signal: AbortSignal,
): Promise<string | undefined> {
  let version = from;
  const silence = AbortSignal.timeout((watchSeconds + 15) * 1000);
  try {
    const stream = await api.transport.open(path, AbortSignal.any([signal, silence]));
    if (stream.statusCode !== 200) {
      return await afterRefusal(stream.statusCode ?? 0, await readAll(stream), version, api);
    }
    for await (const line of lines(stream)) {
      const { type, object } = parseJson(line) as RawEvent;
      if (type === 'ERROR') return undefined;
      version = object.metadata.resourceVersion ?? version;
      if (type === 'DELETED') onEvent({ type: 'deleted', object });
      else if (type !== 'BOOKMARK') onEvent({ type: 'changed', object });
    }
    return version;
  } catch (error) {
    if (error instanceof ApiError) throw error;
    return version;
  }
}

async function afterRefusal(status: number, body: string, version: string, api: Api) {
  if (status === 410) return undefined;
  if (status === 401) await api.transport.connection.renew();
  else if (status !== 429 && status < 500) throw apiErrorOf(status, body);
  return version;
}

async function* lines(stream: AsyncIterable<Buffer | string>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of stream) {
    const parts = (
      rest + (typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }))
    ).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) if (part !== '') yield part;
  }
}

async function readAll(stream: AsyncIterable<Buffer | string>): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}
