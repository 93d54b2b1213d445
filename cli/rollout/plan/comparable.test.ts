import { parse } from 'yaml';
import type { KubeObject } from '../kubernetes/object';
import { comparable } from './comparable';

const object = (text: string) => parse(text) as KubeObject;

test('what the API server writes is no part of a comparison', () => {
  const live = object(`
apiVersion: v1
kind: ConfigMap
metadata:
  name: x
  uid: 1
  generation: 2
  resourceVersion: "3"
  creationTimestamp: then
  managedFields: []
  labels: { app: x }
  annotations: { kubectl.kubernetes.io/last-applied-configuration: "{}", mine: kept }
data: { key: value }
status: { phase: Active }
`);
  expect(comparable(live)).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'x', labels: { app: 'x' }, annotations: { mine: 'kept' } },
    data: { key: 'value' },
  });
});

test('annotations of kubectl alone are none', () => {
  const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{}' };
  const live = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', annotations } };
  expect(comparable(live).metadata).toEqual({ name: 'x', annotations: undefined });
});
