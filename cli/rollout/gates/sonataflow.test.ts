import { parse } from 'yaml';
import type { KubeObject } from '../kubernetes/object';
import { ready, waiting } from './gate';
import { ObjectSet } from './object-set';
import { sonataFlowGate } from './sonataflow';

const judge = (status: string, ...others: KubeObject[]) =>
  sonataFlowGate(
    parse(`
apiVersion: sonataflow.org/v1alpha08
kind: SonataFlow
metadata: { name: greeting, namespace: rhdh, generation: 2 }
status: ${status}
`) as KubeObject,
    new ObjectSet(others),
  );

const deployment = parse(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: greeting, namespace: rhdh, generation: 1 }
spec: { replicas: 1 }
status: { observedGeneration: 1, updatedReplicas: 1, replicas: 1 }
`) as KubeObject;

test.each([
  ['{}', waiting('the operator has not looked at it yet: is the SonataFlow operator running?')],
  [
    '{ conditions: [{ type: Running, status: "False", reason: WaitingForPlatform, message: "No active Platform" }] }',
    waiting('WaitingForPlatform: No active Platform'),
  ],
  ['{ conditions: [{ type: Running, status: "False" }] }', waiting('not running yet')],
  [
    '{ observedGeneration: 1, conditions: [{ type: Running, status: "True" }] }',
    waiting('the operator has not looked at the latest change yet'),
  ],
  ['{ observedGeneration: 2, conditions: [{ type: Running, status: "True" }] }', ready('running')],
])('a workflow with status %s', (status, result) => {
  expect(judge(status)).toEqual(result);
});

test('a workflow waits for its Deployment', () => {
  const running = '{ observedGeneration: 2, conditions: [{ type: Running, status: "True" }] }';
  expect(judge(running, deployment)).toEqual(waiting('0 of 1 pods are available'));
});
