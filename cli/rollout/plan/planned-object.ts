import type { KubeObject } from '../kubernetes/object';
import type { Action } from '../event';
import type { RolloutObject } from '../stages/rollout-stage';

/** An object with what applying it would do. */
export interface PlannedObject extends RolloutObject {
  readonly action: Action;
  /** The object in the cluster, before. */
  readonly live?: KubeObject;
  /** The object as the API server says it would be. */
  readonly applied?: KubeObject;
  /** The form that an earlier stage of the same rollout applies before. */
  readonly earlierForm?: KubeObject;
  /** Why nothing is written although the bundle differs, or what is special. */
  readonly note?: string;
}
