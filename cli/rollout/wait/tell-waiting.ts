import { displayName, objectKey, type KubeObject } from '../kubernetes/object';
import type { Listener, RolloutEvent } from '../event';

/** An object that is waited for, and how it stands. */
export interface AwaitedState {
  readonly object: KubeObject;
  readonly ready: boolean;
  readonly message: string;
}

/** Told how all objects stand after each look at them. */
export type Teller = (states: readonly AwaitedState[]) => void;

/** Tells of each object as often as it stands in another way than before. */
export function tellWaiting(
  stage: string,
  listener: Listener,
  eventOf: (stage: string, state: AwaitedState) => RolloutEvent | undefined = waitingEvent,
): Teller {
  const told = new Map<string, string>();
  return (states) => {
    for (const state of states) {
      const key = objectKey(state.object);
      const text = `${state.ready} ${state.message}`;
      if (told.get(key) === text) continue;
      told.set(key, text);
      const event = eventOf(stage, state);
      if (event !== undefined) listener(event);
    }
  };
}

/** The event that says how an object stands. */
export function waitingEvent(stage: string, { object, ready, message }: AwaitedState): RolloutEvent {
  const { namespace } = object.metadata;
  return { type: 'waiting', stage, object: displayName(object), namespace, ready, message };
}
