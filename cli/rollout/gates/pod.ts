import { conditionOf, conditionText, failed, ready, waiting, type Gate } from './gate';

/** A Pod is ready when it says so, or when it ended well (Kubernetes docs, Pod phase). */
export const podGate: Gate = (object) => {
  const phase: string = object.status?.phase ?? 'Pending';
  if (phase === 'Succeeded') return ready('completed');
  if (phase === 'Failed') return failed(object.status.message ?? object.status.reason ?? 'it failed');
  const condition = conditionOf(object, 'Ready');
  if (condition?.status === 'True') return ready();
  return waiting((condition && conditionText(condition)) || phase);
};
