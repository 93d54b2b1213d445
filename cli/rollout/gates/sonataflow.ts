import { valueAt } from '../fields/paths';
import { deploymentGate } from './deployment';
import { conditionOf, conditionText, isUnobserved, ready, waiting, type Gate } from './gate';
import { podCountPaths, unlessEmpty } from './pod-count';

/**
 * A workflow is ready when its condition `Running` holds for the latest change and its Deployment, which has
 * the workflow's name, has rolled out. In the gitops profile it is never built, so `Built` says nothing.
 */
export const sonataFlowGate: Gate = (workflow, objects, asked = workflow) => {
  const running = conditionOf(workflow, 'Running');
  if (running === undefined) {
    return waiting('the operator has not looked at it yet: is the SonataFlow operator running?');
  }
  if (running.status !== 'True') return waiting(conditionText(running) || 'not running yet');
  if (isUnobserved(workflow)) return waiting('the operator has not looked at the latest change yet');
  const { namespace, name } = workflow.metadata;
  const deployment = objects.get('Deployment.apps', namespace, name);
  if (deployment === undefined) return ready('running');
  const [podCount = []] = podCountPaths(workflow);
  return unlessEmpty(deploymentGate(deployment, objects), deployment, valueAt(asked, podCount));
};
