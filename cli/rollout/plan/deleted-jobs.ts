import { isDeletedAfterEnd } from '../gates/job';
import { objectKey } from '../kubernetes/object';
import { digestOf } from '../state/digest';
import type { RolloutState } from '../state/rollout-state';
import { isWrite } from './action';
import type { PlannedObject } from './planned-object';

/**
 * A Job that completed and that Kubernetes deleted since (`ttlSecondsAfterFinished`) is not run again, unless
 * this run writes something in its own or an earlier stage: then what it did may have to be done again.
 */
export function settleDeletedJobs(plan: readonly PlannedObject[], state: RolloutState): PlannedObject[] {
  const isGone = (item: PlannedObject) =>
    item.live === undefined &&
    isDeletedAfterEnd(item.object) &&
    state.completedJobs[objectKey(item.object)] === digestOf(item.manifest.object);
  const firstWrite = plan
    .filter((item) => isWrite(item.action) && !isGone(item))
    .reduce((first, { stageIndex }) => Math.min(first, stageIndex), Infinity);
  return plan.map((item) =>
    isGone(item) && item.stageIndex < firstWrite
      ? { ...item, action: 'leave', note: 'it completed before, and Kubernetes deleted it since' }
      : item,
  );
}
