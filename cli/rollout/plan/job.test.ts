import type { KubeObject } from '../bundles/manifest';
import { endedJob, isDeletedAfterEnd } from './job';

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
