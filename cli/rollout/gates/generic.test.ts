import { parse } from 'yaml';
import type { KubeObject } from '../kubernetes/object';
import { failed, ready, waiting } from './gate';
import { genericGate } from './generic';
import { ObjectSet } from './object-set';

const judge = (status: string, metadata = '{ name: x, generation: 2 }') =>
  genericGate(
    parse(`
apiVersion: example.com/v1
kind: Thing
metadata: ${metadata}
status: ${status}
`) as KubeObject,
    new ObjectSet(),
  );

test.each([
  ['{}', ready()],
  ['{ observedGeneration: 1 }', waiting('its controller has not looked at the latest change yet')],
  ['{ observedGeneration: 2 }', ready()],
  [
    '{ conditions: [{ type: Stalled, status: "True", reason: Denied, message: no quota }] }',
    failed('Denied: no quota'),
  ],
  ['{ conditions: [{ type: Reconciling, status: "True", message: working }] }', waiting('working')],
  ['{ conditions: [{ type: Ready, status: "False", reason: Starting }] }', waiting('Starting')],
  ['{ conditions: [{ type: Ready, status: "Unknown", reason: Asking }] }', waiting('Asking')],
  ['{ conditions: [{ type: Ready, status: "True" }] }', ready()],
])('an object of any kind with status %s', (status, result) => {
  expect(judge(status)).toEqual(result);
});

test('an object that is being deleted is not ready', () => {
  expect(judge('{}', '{ name: x, deletionTimestamp: "2026-01-31T22:30:00Z" }')).toEqual(
    waiting('it is being deleted'),
  );
});
