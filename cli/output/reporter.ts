import type { RolloutEvent } from '../rollout/event';

/** Shows the events of a rollout. */
export interface Reporter {
  event(event: RolloutEvent): void;
  /** Waits until everything is shown. */
  close(): Promise<void>;
}
