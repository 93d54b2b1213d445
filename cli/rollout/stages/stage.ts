import type { Bundle, KubeObject, Manifest } from '../bundles/manifest';
import type { Action } from '../plan/action';

/** An object of a bundle with what the cluster says about it. */
export interface RolloutObject {
  readonly manifest: Manifest;
  /** The object as it is sent: with its namespace. */
  readonly object: KubeObject;
  readonly stage: string;
  /** Position of the stage among all bundles of the directory. */
  readonly stageIndex: number;
}

/** An object with what applying it would do. */
export interface PlannedObject extends RolloutObject {
  readonly action: Action;
  /** The object in the cluster, before. */
  readonly live?: KubeObject;
  /** The object as the API server says it would be. */
  readonly applied?: KubeObject;
  /** The form that an earlier stage of the same rollout gives it before. */
  readonly earlier?: KubeObject;
  /** Why nothing is written although the bundle differs, or what is special. */
  readonly note?: string;
}

/** The objects of a stage. */
export interface Stage {
  readonly name: string;
  readonly index: number;
  readonly bundle: Bundle;
  readonly objects: readonly RolloutObject[];
}
