import type { KubeObject } from '../kubernetes/object';
import { conditionOf, conditionText, failed, ready, waiting, type Gate } from './gate';

/** A Job is ready when it completed; a failed one is final (Kubernetes docs, Job termination). */
export const jobGate: Gate = (object) => {
  const failure = conditionOf(object, 'Failed') ?? conditionOf(object, 'FailureTarget');
  if (failure?.status === 'True') return failed(conditionText(failure));
  if (conditionOf(object, 'Complete')?.status === 'True') return ready('completed');
  if (object.spec.suspend === true) return waiting('it is suspended');
  const { active = 0, failed: failures = 0 } = (object.status ?? {}) as Record<string, number>;
  const tries = failures === 0 ? '' : `, ${failures} failed before`;
  return waiting(active === 0 ? `no pod runs yet${tries}` : `its pod runs${tries}`);
};

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
