import type { KubeObject } from '../bundles/manifest';
import { conditionOf } from '../gates/gate';

/** How a Job of an earlier run ended, if it did. */
export function endedJob(object: KubeObject | undefined): 'completed' | 'failed' | undefined {
  if (object === undefined || object.kind !== 'Job') return undefined;
  if (conditionOf(object, 'Complete')?.status === 'True') return 'completed';
  if (conditionOf(object, 'Failed')?.status === 'True') return 'failed';
  return undefined;
}

/** Kubernetes deletes it some time after its end, so that its absence says nothing. */
export function isDeletedAfterEnd(object: KubeObject): boolean {
  return object.kind === 'Job' && object.spec?.ttlSecondsAfterFinished !== undefined;
}
