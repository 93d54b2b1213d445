import type { ObjectSet } from '../../gates/object-set';
import type { Api } from '../../kubernetes/api';
import type { WatchedKind } from '../../wait/cluster-watch';
import { observe } from '../../wait/observe';
import { tellWaiting, type AwaitedState } from '../../wait/tell-waiting';
import type { CommandOptions } from '../job/command-job';
import { InterruptedError, StepError } from '../job/step-error';

/** What a step waits for. */
export interface Awaited {
  readonly kinds: readonly WatchedKind[];
  /** Of the messages. */
  readonly stage: string;
  /** Looks at the objects, each time after one of them has changed. */
  readonly look: (objects: ObjectSet) => Promise<readonly AwaitedState[]> | readonly AwaitedState[];
  /** What is said of those that were not ready in time. */
  readonly late: (states: readonly AwaitedState[]) => string;
}

/**
 * Waits by watching until everything is ready, and tells each state that is new.
 *
 * @throws StepError when it takes too long.
 * @throws InterruptedError
 */
export async function untilReady(
  api: Api,
  { kinds, stage, look, late }: Awaited,
  { timeout, signal, listener }: Pick<CommandOptions, 'timeout' | 'signal' | 'listener'>,
): Promise<void> {
  const tell = tellWaiting(stage, listener);
  const lookAndTell = async (objects: ObjectSet) => {
    const states = await look(objects);
    tell(states);
    const unready = states.filter(({ ready }) => !ready);
    return { value: unready, done: unready.length === 0 };
  };
  const { outcome, last = [] } = await observe(api, kinds, lookAndTell, { timeout, signal });
  if (outcome === 'interrupted') throw new InterruptedError();
  if (outcome === 'timeout') throw new StepError(late(last), true);
}
