import { parse } from 'yaml';
import type { KubeObject } from '../kubernetes/object';
import { ready, waiting } from './gate';
import { ObjectSet } from './object-set';
import { statefulSetGate } from './stateful-set';

const judge = (status: string, spec = '{ replicas: 3 }') =>
  statefulSetGate(
    parse(`
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: rhdh, generation: 2 }
spec: ${spec}
status: ${status}
`) as KubeObject,
    new ObjectSet(),
  );

test.each([
  ['{}', waiting('the StatefulSet controller has not looked at it yet')],
  [
    '{ observedGeneration: 1, readyReplicas: 3 }',
    waiting('the StatefulSet controller has not looked at it yet'),
  ],
  [
    '{ observedGeneration: 2, readyReplicas: 3, updatedReplicas: 1, currentRevision: a, updateRevision: b }',
    waiting('1 of 3 pods are of the new revision'),
  ],
  [
    '{ observedGeneration: 2, readyReplicas: 2, updatedReplicas: 3, currentRevision: b, updateRevision: b }',
    waiting('2 of 3 pods are ready'),
  ],
  [
    '{ observedGeneration: 2, readyReplicas: 3, updatedReplicas: 3, currentRevision: b, updateRevision: b }',
    ready('3 of 3 pods are ready'),
  ],
])('a StatefulSet with status %s', (status, result) => {
  expect(judge(status)).toEqual(result);
});

test('pods below the partition keep their revision', () => {
  const spec = '{ replicas: 3, updateStrategy: { rollingUpdate: { partition: 2 } } }';
  const status =
    '{ observedGeneration: 2, readyReplicas: 3, updatedReplicas: 1, currentRevision: a, updateRevision: b }';
  expect(judge(status, spec)).toEqual(ready('3 of 3 pods are ready'));
});

test('with OnDelete nobody waits for the new revision', () => {
  const spec = '{ replicas: 3, updateStrategy: { type: OnDelete } }';
  const status =
    '{ observedGeneration: 2, readyReplicas: 3, updatedReplicas: 0, currentRevision: a, updateRevision: b }';
  expect(judge(status, spec)).toEqual(ready('3 of 3 pods are ready'));
});
