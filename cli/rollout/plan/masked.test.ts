import { parse } from 'yaml';
import type { KubeObject } from '../kubernetes/object';
import { comparable, masked } from './masked';

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

const digest = /^\*\*\* \([0-9a-f]{6}\)$/;

test('values of a Secret are digests, the same for the same value alone', () => {
  const { data, stringData, metadata } = masked(
    object(`
apiVersion: v1
kind: Secret
metadata: { name: x }
data: { a: c2VjcmV0, b: c2VjcmV0, c: b3RoZXI= }
stringData: { d: secret }
`),
  );
  expect(Object.values({ ...data, ...stringData })).toEqual(Array(4).fill(expect.stringMatching(digest)));
  expect(data.a).toBe(data.b);
  expect(data.a).not.toBe(data.c);
  expect(metadata).toEqual({ name: 'x' });
});

test.each(['DB_PASSWORD', 'passwd', 'API_TOKEN', 'clientSecret', 'PRIVATE_KEY', 'CREDENTIALS'])(
  'the value of a variable called %s is a digest, anywhere',
  (name) => {
    const env = [
      { name, value: 'secret' },
      { name: 'LEVEL', value: 'info' },
    ];
    const { spec } = masked({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'x' },
      spec: { containers: [{ env }] },
    });
    expect(spec.containers[0].env).toEqual([
      { name, value: expect.stringMatching(digest) as string },
      { name: 'LEVEL', value: 'info' },
    ]);
  },
);

test('a ConfigMap with the same keys is shown', () => {
  const configMap = object('{ apiVersion: v1, kind: ConfigMap, metadata: { name: x }, data: { a: b } }');
  expect(masked(configMap)).toEqual(configMap);
});
