import type { ObjectSet } from '../gates/object-set';
import type { Api } from '../kubernetes/api';
import type { Outcome } from '../outcome';
import { ClusterWatch, type WatchedKind } from './cluster-watch';

/** What was found when somebody looked at the objects. */
export interface Look<T> {
  readonly value: T;
  /** There is nothing more to wait for. */
  readonly done: boolean;
  /** When to look again although nothing has changed, in epoch milliseconds. @default - never */
  readonly again?: number;
}

/** How long is observed. */
export interface ObserveOptions {
  /** In milliseconds. @default - without end */
  readonly timeout?: number;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
}

/** How the waiting ended, and what was seen last. */
export interface Observation<T> {
  readonly outcome: Extract<Outcome, 'done' | 'timeout' | 'interrupted'>;
  /** Nothing where not everything could be listed in time. */
  readonly last?: T;
  readonly objects: ObjectSet;
}

/**
 * The one loop that waits: looks at the objects of some kinds whenever one of them has changed, until a look says that it
 * is done, the time is up, or the waiting is interrupted.
 *
 * @throws what ended a watch, or a look
 */
export async function observe<T>(
  api: Api,
  kinds: readonly WatchedKind[],
  look: (objects: ObjectSet) => Look<T> | Promise<Look<T>>,
  { timeout = Infinity, signal }: ObserveOptions,
): Promise<Observation<T>> {
  const watch = new ClusterWatch(api, kinds);
  const { objects } = watch;
  const deadline = Date.now() + timeout;
  let last: T | undefined;
  try {
    for (;;) {
      let next = deadline;
      if (watch.synced) {
        const { value, done, again = Infinity } = await look(objects);
        last = value;
        if (done) return { outcome: 'done', last, objects };
        next = Math.min(deadline, again);
      }
      if (signal.aborted) return { outcome: 'interrupted', last, objects };
      if (Date.now() >= deadline) return { outcome: 'timeout', last, objects };
      await watch.change(next, signal);
    }
  } finally {
    watch.close();
  }
}
