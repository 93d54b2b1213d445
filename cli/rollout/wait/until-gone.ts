import { displayName, groupKind, type KubeObject } from '../bundles/manifest';
import type { Api } from '../kubernetes/api';
import { ClusterWatch, type WatchedKind } from './cluster-watch';

/** How long is waited for objects to go. */
export interface GoneOptions {
  /** In milliseconds. */
  readonly timeout: number;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  /** Objects that are waited for, too, where they may be watched. @default - none */
  readonly also?: readonly KubeObject[];
  /** Called with each object that is gone, and with each that is not and whose finalizers have changed. */
  readonly onChange?: (object: KubeObject, gone: boolean) => void;
}

/** How the waiting ended, and what was still there. */
export interface GoneOutcome {
  readonly outcome: 'gone' | 'timeout' | 'interrupted';
  readonly remaining: readonly KubeObject[];
}

/** Waits by watching until none of the objects exists any more; one of the same name made since does not count. */
export async function waitUntilGone(
  api: Api,
  required: readonly KubeObject[],
  { timeout, signal, also = [], onChange = () => undefined }: GoneOptions,
): Promise<GoneOutcome> {
  const deadline = Date.now() + timeout;
  const objects = [...required, ...also];
  const watch = new ClusterWatch(api, [
    ...also.map((object) => ({ ...kindOf(object), optional: true })),
    ...required.map(kindOf),
  ]);
  const said = new Map<string, string>();
  let remaining = objects;
  try {
    for (;;) {
      if (watch.synced) {
        const there = objects.map((object) => liveForm(object, watch));
        remaining = there.filter((live) => live !== undefined);
        there.forEach((live, index) => {
          const object = objects[index] as KubeObject;
          const key = `${groupKind(object)} ${displayName(object)}`;
          const text = live === undefined ? 'gone' : stillThere(live);
          if (said.get(key) !== text) onChange(live ?? object, live === undefined);
          said.set(key, text);
        });
        if (remaining.length === 0) return { outcome: 'gone', remaining };
      }
      if (signal.aborted) return { outcome: 'interrupted', remaining };
      if (Date.now() >= deadline) return { outcome: 'timeout', remaining };
      await watch.change(deadline, signal);
    }
  } finally {
    watch.close();
  }
}

/** Why an object that was deleted still exists. */
export function stillThere({ metadata: { deletionTimestamp, finalizers = [] } }: KubeObject): string {
  if (deletionTimestamp === undefined) return 'its deletion has not begun';
  return finalizers.length === 0
    ? 'it is being deleted'
    : `it is being deleted, and waits for finalizer ${finalizers.join(', ')}`;
}

function kindOf({ apiVersion, kind, metadata: { namespace } }: KubeObject): WatchedKind {
  return { apiVersion, kind, namespace };
}

function liveForm(object: KubeObject, watch: ClusterWatch): KubeObject | undefined {
  const { namespace, name, uid } = object.metadata;
  const live = watch.objects.get(groupKind(object), namespace, name);
  return uid === undefined || live?.metadata.uid === uid ? live : undefined;
}
