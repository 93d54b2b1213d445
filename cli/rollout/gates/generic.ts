import { conditionOf, conditionText, failed, isUnobserved, ready, waiting, type Gate } from './gate';

/**
 * Any other kind, by the kstatus conventions (sigs.k8s.io/cli-utils, pkg/kstatus): `Stalled` is final,
 * `Reconciling` and `Ready=False` wait, and an object that reports nothing is ready once it exists.
 */
export const genericGate: Gate = (object) => {
  if (object.metadata.deletionTimestamp !== undefined) return waiting('it is being deleted');
  if (isUnobserved(object)) return waiting('its controller has not looked at the latest change yet');
  const stalled = conditionOf(object, 'Stalled');
  if (stalled?.status === 'True') return failed(conditionText(stalled));
  const reconciling = conditionOf(object, 'Reconciling');
  if (reconciling?.status === 'True') return waiting(conditionText(reconciling));
  const condition = conditionOf(object, 'Ready');
  if (condition !== undefined && condition.status !== 'True') return waiting(conditionText(condition));
  return ready();
};
