import { parse } from 'yaml';
import type { KubeObject } from '../kubernetes/object';
import { providedBy } from './providers';

const of = (text: string) => providedBy(parse(text) as KubeObject).map(({ kind, name }) => `${kind}/${name}`);

test.each([
  ['{ apiVersion: v1, kind: Secret, metadata: { name: x } }', ['Secret/x']],
  [
    '{ apiVersion: batch/v1, kind: Job, metadata: { name: x, annotations: { cdk8s-rhdh/provides: "Secret/a, ConfigMap/b,nonsense" } } }',
    ['Job/x', 'Secret/a', 'ConfigMap/b'],
  ],
  [
    '{ apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: { name: x }, spec: { target: { name: y } } }',
    ['ExternalSecret/x', 'Secret/y'],
  ],
  [
    '{ apiVersion: postgresql.cnpg.io/v1, kind: Cluster, metadata: { name: db } }',
    ['Cluster/db', 'Secret/db-app', 'Secret/db-superuser', 'Secret/db-ca', 'Secret/db-server'],
  ],
])('%s', (text, expected) => {
  expect(of(text)).toEqual(expected);
});
