import { parse } from 'yaml';
import type { KubeObject } from '../kubernetes/object';
import { deploymentGate } from './deployment';
import { failed, ready, stuck, waiting } from './gate';
import { ObjectSet } from './object-set';

const judge = (status: string, replicas = 2) =>
  deploymentGate(
    parse(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: hub, namespace: rhdh, generation: 3 }
spec: { replicas: ${replicas} }
status: ${status}
`) as KubeObject,
    new ObjectSet(),
  );

test.each([
  ['{}', waiting('the Deployment controller has not looked at it yet')],
  [
    '{ observedGeneration: 2, updatedReplicas: 2, availableReplicas: 2, replicas: 2 }',
    waiting('the Deployment controller has not looked at it yet'),
  ],
  [
    '{ observedGeneration: 3, updatedReplicas: 1, availableReplicas: 2, replicas: 3 }',
    waiting('1 of 2 pods are of the new template'),
  ],
  [
    '{ observedGeneration: 3, updatedReplicas: 2, availableReplicas: 2, replicas: 3 }',
    waiting('1 old pods still run'),
  ],
  [
    '{ observedGeneration: 3, updatedReplicas: 2, availableReplicas: 1, replicas: 2 }',
    waiting('1 of 2 pods are available'),
  ],
  [
    '{ observedGeneration: 3, updatedReplicas: 2, availableReplicas: 2, replicas: 2 }',
    ready('2 of 2 pods are available'),
  ],
])('a Deployment with status %s', (status, result) => {
  expect(judge(status)).toEqual(result);
});

test('no replicas are ready at once, and an unset number means one', () => {
  expect(judge('{ observedGeneration: 3 }', 0)).toEqual(ready('0 of 0 pods are available'));
  const unset = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'x' }, spec: {} };
  expect(deploymentGate({ ...unset, status: { observedGeneration: 1 } }, new ObjectSet())).toEqual(
    waiting('0 of 1 pods are of the new template'),
  );
});

test('ProgressDeadlineExceeded is final, and pods that cannot be created are stuck', () => {
  const exceeded =
    '{ type: Progressing, status: "False", reason: ProgressDeadlineExceeded, message: too slow }';
  expect(judge(`{ observedGeneration: 3, conditions: [${exceeded}] }`)).toEqual(
    failed('ProgressDeadlineExceeded: too slow'),
  );
  const quota = '{ type: ReplicaFailure, status: "True", reason: FailedCreate, message: exceeded quota }';
  expect(judge(`{ observedGeneration: 3, conditions: [${quota}] }`)).toEqual(
    stuck('FailedCreate: exceeded quota'),
  );
});

test('a webhook that is not up yet is waited for', () => {
  const message =
    'Internal error occurred: failed calling webhook "a.example.com": failed to call webhook: no endpoints available for service "a"';
  const condition = JSON.stringify({
    type: 'ReplicaFailure',
    status: 'True',
    reason: 'FailedCreate',
    message,
  });
  expect(judge(`{ observedGeneration: 3, conditions: [${condition}] }`)).toEqual(
    waiting(`FailedCreate: ${message}`),
  );
});
