import { parse } from 'yaml';
import type { KubeObject } from '../kubernetes/object';
import { failed, ready, waiting } from './gate';
import { endedJob, isDeletedAfterEnd, jobGate } from './job';
import { ObjectSet } from './object-set';

const judge = (status: string, spec = '{}') =>
  jobGate(
    parse(`
apiVersion: batch/v1
kind: Job
metadata: { name: create, namespace: rhdh }
spec: ${spec}
status: ${status}
`) as KubeObject,
    new ObjectSet(),
  );

test.each([
  ['{}', waiting('no pod runs yet')],
  ['{ active: 1 }', waiting('its pod runs')],
  ['{ active: 1, failed: 2 }', waiting('its pod runs, 2 failed before')],
  ['{ failed: 1 }', waiting('no pod runs yet, 1 failed before')],
  ['{ conditions: [{ type: Complete, status: "True" }] }', ready('completed')],
  [
    '{ conditions: [{ type: Failed, status: "True", reason: DeadlineExceeded, message: was active too long }] }',
    failed('DeadlineExceeded: was active too long'),
  ],
  [
    '{ active: 1, conditions: [{ type: FailureTarget, status: "True", reason: BackoffLimitExceeded }] }',
    failed('BackoffLimitExceeded'),
  ],
  ['{ conditions: [{ type: Failed, status: "False" }] }', waiting('no pod runs yet')],
])('a Job with status %s', (status, result) => {
  expect(judge(status)).toEqual(result);
});

test('a Job that is suspended waits', () => {
  expect(judge('{}', '{ suspend: true }')).toEqual(waiting('it is suspended'));
});

const job = (type?: string, spec = {}): KubeObject => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'x' },
  spec,
  status: type === undefined ? {} : { conditions: [{ type, status: 'True' }] },
});

test.each([
  [job('Complete'), 'completed'],
  [job('Failed'), 'failed'],
  [job(), undefined],
  [{ ...job('Complete'), kind: 'Pod' }, undefined],
  [undefined, undefined],
])('how %# ended', (object, expected) => {
  expect(endedJob(object)).toBe(expected);
});

test('a Job with a time to live is deleted after its end', () => {
  expect(isDeletedAfterEnd(job(undefined, { ttlSecondsAfterFinished: 0 }))).toBe(true);
  expect(isDeletedAfterEnd(job())).toBe(false);
});
