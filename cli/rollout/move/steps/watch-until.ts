import type { ObjectSet } from '../../gates/object-set';
import type { ObjectState } from '../../event';
import type { Api } from '../../kubernetes/api';
import { ClusterWatch, type WatchedKind } from '../../wait/cluster-watch';
import type { CommandOptions } from '../job/command-job';
import { InterruptedError, StepError } from '../job/step-error';

/** What is waited for, and who is told. */
export interface Awaited {
  readonly kinds: readonly WatchedKind[];
  /** Of the messages. */
  readonly stage: string;
  /** Looks at the objects, each time after one of them has changed. */
  readonly look: (objects: ObjectSet) => Promise<readonly ObjectState[]> | readonly ObjectState[];
  /** What is said of those that were not ready in time. */
  readonly late: (states: readonly ObjectState[]) => string;
}

/**
 * Waits by watching until everything is ready, and tells each state that is new.
 *
 * @throws StepError when it takes too long.
 * @throws InterruptedError
 */
export async function watchUntil(
  api: Api,
  { kinds, stage, look, late }: Awaited,
  { timeout, signal, listener }: Pick<CommandOptions, 'timeout' | 'signal' | 'listener'>,
): Promise<void> {
  const watch = new ClusterWatch(api, kinds);
  const deadline = Date.now() + timeout;
  const said = new Map<string, string>();
  try {
    for (;;) {
      if (watch.synced) {
        const states = await look(watch.objects);
        for (const state of states) {
          if (said.get(state.object) !== state.message) listener({ type: 'waiting', stage, ...state });
          said.set(state.object, state.message);
        }
        const unready = states.filter(({ ready }) => !ready);
        if (unready.length === 0) return;
        if (Date.now() >= deadline) throw new StepError(late(unready), true);
      }
      if (signal.aborted) throw new InterruptedError();
      await watch.change(deadline, signal);
    }
  } finally {
    watch.close();
  }
}
