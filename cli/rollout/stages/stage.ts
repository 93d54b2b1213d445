import type { Bundle, KubeObject, Manifest } from '../bundles/manifest';

/** An object of a bundle with what the cluster says about it. */
export interface RolloutObject {
  readonly manifest: Manifest;
  /** The object as it is sent: with its namespace. */
  readonly object: KubeObject;
  readonly stage: string;
  /** Position of the stage among all bundles of the directory. */
  readonly stageIndex: number;
}

/** The objects of a stage. */
export interface Stage {
  readonly name: string;
  readonly index: number;
  readonly bundle: Bundle;
  readonly objects: readonly RolloutObject[];
}
