import { parse } from 'yaml';
import type { KubeObject } from '../kubernetes/object';
import { failed, ready, waiting } from './gate';
import { ObjectSet } from './object-set';
import { podGate } from './pod';

const judge = (status: string) =>
  podGate(
    parse(`
apiVersion: v1
kind: Pod
metadata: { name: hub, namespace: rhdh }
spec: {}
status: ${status}
`) as KubeObject,
    new ObjectSet(),
  );

test.each([
  ['{}', waiting('Pending')],
  ['{ phase: Running }', waiting('Running')],
  [
    '{ phase: Running, conditions: [{ type: Ready, status: "False", reason: ContainersNotReady, message: "main is not ready" }] }',
    waiting('ContainersNotReady: main is not ready'),
  ],
  ['{ phase: Running, conditions: [{ type: Ready, status: "True" }] }', ready()],
  ['{ phase: Succeeded }', ready('completed')],
  ['{ phase: Failed, reason: Evicted }', failed('Evicted')],
  ['{ phase: Failed }', failed('it failed')],
])('a Pod with status %s', (status, result) => {
  expect(judge(status)).toEqual(result);
});
