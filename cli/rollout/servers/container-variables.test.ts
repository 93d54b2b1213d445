import type { PodContainer } from 'cdk8s-rhdh/configuration';
import { parse, parseAllDocuments } from 'yaml';
import type { KubeObject } from '../kubernetes/object';
import { ObjectSet } from '../gates/object-set';
import { environmentOf } from './container-variables';

const objects = new ObjectSet(
  parseAllDocuments(`
apiVersion: v1
kind: Secret
metadata: { name: login, namespace: rhdh }
data: { POSTGRES_HOST: ZGI=, POSTGRES_PORT: NTQzMg== }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: rhdh }
data: { POSTGRES_HOST: other, LEVEL: info }
`).map((document) => document.toJS() as KubeObject),
);

const valuesOf = (container: string) =>
  Object.fromEntries(
    [...environmentOf(parse(container) as PodContainer, 'rhdh', objects)].map(([name, { value, source }]) => [
      name,
      [value, source && `${source.kind}/${source.name} ${source.key}`],
    ]),
  );

test('of two sources the later one wins, and env wins over all', () => {
  const container = `
name: main
envFrom:
  - configMapRef: { name: settings }
  - secretRef: { name: login }
env:
  - { name: POSTGRES_PORT, value: '6432' }
`;
  expect(valuesOf(container)).toEqual({
    POSTGRES_HOST: ['db', 'Secret/login POSTGRES_HOST'],
    LEVEL: ['info', 'ConfigMap/settings LEVEL'],
    POSTGRES_PORT: ['6432', undefined],
  });
});

test('a variable may be called otherwise than its key', () => {
  const container = `
name: main
envFrom: [{ prefix: MY_, configMapRef: { name: settings } }]
env:
  - { name: HOST, valueFrom: { secretKeyRef: { name: login, key: POSTGRES_HOST } } }
  - { name: LEVEL, valueFrom: { configMapKeyRef: { name: settings, key: LEVEL } } }
`;
  expect(valuesOf(container)).toEqual({
    MY_POSTGRES_HOST: ['other', 'ConfigMap/settings POSTGRES_HOST'],
    MY_LEVEL: ['info', 'ConfigMap/settings LEVEL'],
    HOST: ['db', 'Secret/login POSTGRES_HOST'],
    LEVEL: ['info', 'ConfigMap/settings LEVEL'],
  });
});

test('a Secret that is not known gives a variable without a value', () => {
  const container = `
name: main
envFrom: [{ secretRef: { name: unknown } }]
env:
  - { name: PASSWORD, valueFrom: { secretKeyRef: { name: unknown, key: password } } }
  - { name: POD, valueFrom: { fieldRef: { fieldPath: metadata.name } } }
`;
  expect(valuesOf(container)).toEqual({
    PASSWORD: [undefined, 'Secret/unknown password'],
    POD: [undefined, undefined],
  });
});
