import { platform } from 'cdk8s-rhdh/operators';
import { displayName, groupKind, type KubeObject } from '../kubernetes/object';
import type { Listener } from '../event';
import { isUnobserved } from '../gates/gate';
import type { ObjectSet } from '../gates/object-set';
import type { Api, ObjectReference } from '../kubernetes/api';
import { retryOnConflict } from '../kubernetes/retry-on-conflict';
import { observe } from './observe';

/** How a write that has to stay is watched over. */
export interface StayOptions {
  /** For each turn of the operator, in milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  /** Told of each write that was put back. */
  readonly listener: Listener;
}

/** How often an object is written again. */
const mostAttempts = 10;

/** An operator puts back, again and again, what was there before. */
export class WrittenBackError extends Error {
  constructor(object: KubeObject) {
    super(`${displayName(object)}: its operator put back ${mostAttempts} times what had been there before`);
    this.name = 'WrittenBackError';
  }
}

/**
 * Kinds whose operator puts back, at every reconciliation, the whole spec that it read when it began: what others
 * wrote in between is gone (SonataFlow operator, internal/controller/platform/platformutils.go, `SafeUpdatePlatform`).
 */
export function isWrittenBack(object: { readonly apiVersion: string; readonly kind: string }): boolean {
  return groupKind(object) === platform;
}

/** A write that has to stay. */
export interface LastingWrite {
  /** Whether the object needs no write, or the last one has stayed. */
  readonly isRight: (live: KubeObject) => boolean;
  readonly write: (live: KubeObject) => Promise<void>;
}

/**
 * Writes an object, looks at it again once its operator had its turn, and writes it again until the write stays. An
 * operator that put something back is working at the object, and what it has written wakes it at once: so it is written
 * again only when the object has been at rest, each time for longer.
 *
 * @throws WrittenBackError when the operator puts back every write
 * @throws what `signal` was aborted with
 */
export async function untilItStays(
  api: Api,
  reference: ObjectReference,
  { isRight, write }: LastingWrite,
  options: StayOptions,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    if (attempt > 1) {
      await untilObserved(api, reference, options);
      const live = await api.find(reference);
      if (live === undefined || isRight(live)) return;
      if (attempt > mostAttempts) throw new WrittenBackError(live);
      const message = `${displayName(live)}: its operator put back what it had read before, so it is written again`;
      options.listener({ type: 'note', message });
      await untilAtRest(api, reference, Math.min(500 * 2 ** (attempt - 2), 8_000), options);
    }
    const wrote = await retryOnConflict(async () => {
      const live = await api.find(reference);
      if (live === undefined || isRight(live)) return false;
      await write(live);
      return true;
    });
    if (!wrote || !isWrittenBack(reference)) return;
  }
}

/**
 * Waits until the operator has looked at the object as it is now: whoever had read it before has put it back by then,
 * as an operator works at one object at a time. An operator that does not answer is left to the gates.
 */
async function untilObserved(api: Api, reference: ObjectReference, options: StayOptions): Promise<void> {
  const isObserved = (live: KubeObject | undefined) =>
    live === undefined || (live.status?.observedGeneration !== undefined && !isUnobserved(live));
  await untilNothingLeft(api, reference, options, (live) => (isObserved(live) ? 0 : Infinity));
}

/** Waits until nobody has written the object for some milliseconds. */
async function untilAtRest(
  api: Api,
  reference: ObjectReference,
  milliseconds: number,
  options: StayOptions,
): Promise<void> {
  let version: string | undefined;
  let since = Date.now();
  await untilNothingLeft(api, reference, options, (live) => {
    if (live?.metadata.resourceVersion !== version) since = Date.now();
    version = live?.metadata.resourceVersion;
    return Math.max(0, since + milliseconds - Date.now());
  });
}

/**
 * Watches an object until there is nothing left to wait for.
 *
 * @param left how many milliseconds, where the object does not change meanwhile
 */
async function untilNothingLeft(
  api: Api,
  reference: ObjectReference,
  { timeout, signal }: StayOptions,
  left: (live: KubeObject | undefined) => number,
): Promise<void> {
  const { namespace, name } = reference;
  const look = (objects: ObjectSet) => {
    const wait = left(objects.get(groupKind(reference), namespace, name));
    return { value: wait, done: wait === 0, again: Date.now() + wait };
  };
  const { outcome } = await observe(api, [reference], look, { timeout, signal });
  if (outcome === 'interrupted') signal.throwIfAborted();
}
