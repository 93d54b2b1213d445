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
