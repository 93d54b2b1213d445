import type { KubeObject } from '../kubernetes/object';
import { isReplaceable } from './replaceable-job';

const job = (changes: object): KubeObject => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'create-sonataflow-database-developer-hub' },
  ...changes,
});
const ofHub = {
  name: 'create-sonataflow-database-developer-hub',
  ownerReferences: [
    { apiVersion: 'rhdh.redhat.com/v1alpha5', kind: 'Backstage', name: 'developer-hub', uid: '1' },
  ],
};
const ended = (type: string) => ({ status: { conditions: [{ type, status: 'True' }] } });

test.each<[string, KubeObject, boolean]>([
  ['completed', job(ended('Complete')), true],
  ['failed', job(ended('Failed')), true],
  ["the RHDH operator's own, which runs", job({ metadata: ofHub }), true],
  ["somebody's, which runs", job({}), false],
  ['no Job, although of the operator', { ...job({ metadata: ofHub }), kind: 'ConfigMap' }, false],
])('whether a Job gives way to another one of its name: %s', (_, live, gives) => {
  expect(isReplaceable(live)).toBe(gives);
});
