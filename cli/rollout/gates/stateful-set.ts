import { isUnobserved, ready, waiting, type Gate } from './gate';

/**
 * A StatefulSet is ready when all its pods are of the latest revision, beyond the partition of its update
 * strategy, and ready (Kubernetes docs, StatefulSet rolling updates). It has no final failure of its own.
 */
export const statefulSetGate: Gate = (object) => {
  const { spec, status } = object;
  if (status?.observedGeneration === undefined || isUnobserved(object)) {
    return waiting('the StatefulSet controller has not looked at it yet');
  }
  const wanted: number = spec.replicas ?? 1;
  const { readyReplicas = 0, updatedReplicas = 0 } = status as Record<string, number>;
  if (spec.updateStrategy?.type !== 'OnDelete') {
    const partition: number = spec.updateStrategy?.rollingUpdate?.partition ?? 0;
    const updated = Math.max(0, wanted - partition);
    const current = status.currentRevision === status.updateRevision ? wanted : updatedReplicas;
    if (current < updated) return waiting(`${current} of ${updated} pods are of the new revision`);
  }
  if (readyReplicas < wanted) return waiting(`${readyReplicas} of ${wanted} pods are ready`);
  return ready(`${wanted} of ${wanted} pods are ready`);
};
