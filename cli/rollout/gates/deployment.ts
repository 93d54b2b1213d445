import { conditionOf, conditionText, failed, isUnobserved, ready, stuck, waiting, type Gate } from './gate';
import { passes } from './patience';

/**
 * A Deployment is ready when all its replicas are of the latest pod template and available, and the old ones
 * are gone. `ProgressDeadlineExceeded` is final (Kubernetes docs, Deployment status).
 */
export const deploymentGate: Gate = (object) => {
  const { spec, status } = object;
  if (status?.observedGeneration === undefined || isUnobserved(object)) {
    return waiting('the Deployment controller has not looked at it yet');
  }
  const progressing = conditionOf(object, 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded') return failed(conditionText(progressing));
  const failure = conditionOf(object, 'ReplicaFailure');
  if (failure?.status === 'True') {
    const reason = conditionText(failure);
    return passes(reason) ? waiting(reason) : stuck(reason);
  }

  const wanted: number = spec.replicas ?? 1;
  const { updatedReplicas = 0, availableReplicas = 0, replicas = 0 } = status as Record<string, number>;
  if (updatedReplicas < wanted) {
    return waiting(`${updatedReplicas} of ${wanted} pods are of the new template`);
  }
  if (replicas > updatedReplicas) return waiting(`${replicas - updatedReplicas} old pods still run`);
  if (availableReplicas < wanted) return waiting(`${availableReplicas} of ${wanted} pods are available`);
  return ready(`${wanted} of ${wanted} pods are available`);
};
