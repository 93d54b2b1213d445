import type { KubeObject } from '../kubernetes/object';

/** An object of a bundle and the place it was read from. */
export interface LocatedManifest {
  readonly object: KubeObject;
  /** The file's name inside the directory. */
  readonly file: string;
  /** The line its document starts at, from 1. */
  readonly line: number;
}

/** One numbered file: what is applied together, before the rollout waits. */
export interface BundleFile {
  /** The file's name without `.k8s.yaml`, `.yaml` or `.yml`: `0200-backstage`. */
  readonly stage: string;
  readonly file: string;
  readonly manifests: readonly LocatedManifest[];
}
