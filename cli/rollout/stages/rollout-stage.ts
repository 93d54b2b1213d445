import type { BundleFile, LocatedManifest } from '../bundles/bundle-file';
import type { KubeObject } from '../kubernetes/object';

/** An object of a bundle with what the cluster says about it. */
export interface RolloutObject {
  readonly manifest: LocatedManifest;
  /** The object as it is sent: with its namespace. */
  readonly object: KubeObject;
  readonly stage: string;
  /** Position of the stage among all bundles of the directory. */
  readonly stageIndex: number;
}

/** The objects of a stage. */
export interface RolloutStage {
  readonly name: string;
  readonly index: number;
  readonly bundle: BundleFile;
  readonly objects: readonly RolloutObject[];
}
