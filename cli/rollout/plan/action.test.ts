import type { KubeObject } from '../kubernetes/object';
import { actionFor, isWrite } from './action';

const owned = (value: string, ...managers: string[]): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name: 'x',
    resourceVersion: String(Math.random()),
    managedFields: managers.map((manager) => ({
      manager,
      operation: 'Apply' as const,
      fieldsV1: { 'f:data': { 'f:key': {} } },
    })),
  },
  data: { key: value },
});

test.each([
  ['create', undefined, owned('a', 'cdk8s-rhdh')],
  ['change', owned('a', 'cdk8s-rhdh'), owned('b', 'cdk8s-rhdh')],
  ['adopt', owned('a', 'kubectl'), owned('a', 'kubectl', 'cdk8s-rhdh')],
  ['leave', owned('a', 'cdk8s-rhdh'), owned('a', 'cdk8s-rhdh')],
] as const)('%s', (action, live, applied) => {
  expect(actionFor(live, applied)).toBe(action);
  expect(isWrite(action)).toBe(action !== 'leave');
});
