import { groupKind, type KubeObject } from '../kubernetes/object';
import type { ObjectSet } from '../gates/object-set';
import type { Api } from '../kubernetes/api';
import type { WatchedKind } from './cluster-watch';
import { observe, type Observation } from './observe';
import type { Teller } from './tell-waiting';

/** How long is waited for objects to go. */
export interface GoneOptions {
  /** In milliseconds. */
  readonly timeout: number;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  /** Objects that are waited for, too, where they may be watched. @default - none */
  readonly also?: readonly KubeObject[];
  /** Told of an object that is gone as ready. @default - nobody is told */
  readonly tell?: Teller;
}

/** How the waiting ended, and what was still there. */
export interface GoneOutcome extends Pick<Observation<never>, 'outcome'> {
  readonly remaining: readonly KubeObject[];
}

/** Waits by watching until none of the objects exists any more; one of the same name made since does not count. */
export async function waitUntilGone(
  api: Api,
  required: readonly KubeObject[],
  { timeout, signal, also = [], tell }: GoneOptions,
): Promise<GoneOutcome> {
  const awaited = [...required, ...also];
  const kinds = [...also.map((object) => ({ ...kindOf(object), optional: true })), ...required.map(kindOf)];
  const look = (objects: ObjectSet) => {
    const states = awaited.map((object) => {
      const live = liveForm(object, objects);
      return live === undefined
        ? { object, ready: true, message: 'gone' }
        : { object: live, ready: false, message: stillThere(live) };
    });
    tell?.(states);
    const remaining = states.filter(({ ready }) => !ready).map(({ object }) => object);
    return { value: remaining, done: remaining.length === 0 };
  };
  const { outcome, last: remaining = awaited } = await observe(api, kinds, look, { timeout, signal });
  return { outcome, remaining };
}

/** Why an object that was deleted still exists. */
export function stillThere({ metadata: { deletionTimestamp, finalizers = [] } }: KubeObject): string {
  if (deletionTimestamp === undefined) return 'its deletion has not begun';
  return finalizers.length === 0
    ? 'it is being deleted'
    : `it is being deleted, and waits for finalizer ${finalizers.join(', ')}`;
}

/** A Secret is watched by its name: nobody needs to see all those of a namespace for this. */
function kindOf({ apiVersion, kind, metadata: { namespace, name } }: KubeObject): WatchedKind {
  return { apiVersion, kind, namespace, ...(kind === 'Secret' && { name }) };
}

function liveForm(object: KubeObject, objects: ObjectSet): KubeObject | undefined {
  const { namespace, name, uid } = object.metadata;
  const live = objects.get(groupKind(object), namespace, name);
  return uid === undefined || live?.metadata.uid === uid ? live : undefined;
}
