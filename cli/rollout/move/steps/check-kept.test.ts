import type { KubeObject } from '../../kubernetes/object';
import { digestOf } from '../../state/digest';
import type { Move } from '../clients/find-move';
import { keptProblems, mayBePutBack } from './check-kept';
import type { Kept } from './kept';

const object = (apiVersion: string, kind: string, name: string, namespace?: string): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace },
});
const hub = object('rhdh.redhat.com/v1alpha5', 'Backstage', 'developer-hub', 'rhdh');
const secret = {
  ...object('v1', 'Secret', 'old-login', 'rhdh'),
  data: { POSTGRES_HOST: Buffer.from('old-db').toString('base64') },
};
const variable = (name: string, key: string) => ({
  name,
  valueFrom: { secretKeyRef: { name: 'old-login', key } },
});
const job = {
  ...object('batch/v1', 'Job', 'migrate-databases', 'rhdh'),
  spec: {
    template: { spec: { containers: [{ name: 'move', env: [variable('SOURCE_HOST', 'POSTGRES_HOST')] }] } },
  },
};
const move: Move = { hub, job, stageIndex: 1, secret: 'old-login' };
const path = ['spec', 'deployment', 'patch', 'spec', 'replicas'];
const kept: Kept = {
  source: { hub: 'developer-hub', secret: 'old-login', host: 'old-db.rhdh' },
  secret,
  clients: [{ object: hub, apiVersion: hub.apiVersion, replicas: [{ path, value: 2 }] }],
  objects: [hub, object('v1', 'ConfigMap', 'dynamic-plugins', 'rhdh')],
};

const problems = (content: Kept, digest = digestOf(content)) =>
  keptProblems(content, { home: 'rhdh', move, later: kept.objects, digest });

test('what the move kept is trusted', () => {
  expect(problems(kept)).toEqual([]);
  expect(problems(JSON.parse(JSON.stringify(kept)) as Kept, digestOf(kept))).toEqual([]);
});

test.each<[string, Kept]>([
  ['an object more', { ...kept, objects: [...kept.objects, object('v1', 'ConfigMap', 'x', 'rhdh')] }],
  ['another value', { ...kept, clients: [{ ...kept.clients[0]!, replicas: [{ path, value: 3 }] }] }],
  [
    'another password',
    { ...kept, secret: { ...secret, data: { ...secret.data, POSTGRES_PASSWORD: 'eA==' } } },
  ],
])('%s than the move recorded is refused', (_, changed) => {
  expect(problems(changed, digestOf(kept))).toEqual([
    'its content has another digest than the move recorded',
  ]);
});

test('a move that recorded no digest kept nothing that is trusted', () => {
  expect(keptProblems(kept, { home: 'rhdh', move, later: kept.objects, digest: undefined })).toHaveLength(1);
});

test('even with its digest nothing is put back that gives rights, is elsewhere, or is not of the move', () => {
  const deployment = object('apps/v1', 'Deployment', 'flow', 'rhdh');
  expect(
    problems({
      source: { ...kept.source, host: 'evil.example.com' },
      secret: { ...secret, metadata: { name: 'other', namespace: 'rhdh' } },
      clients: [
        { object: object('v1', 'Pod', 'x', 'rhdh'), apiVersion: 'v1', replicas: [] },
        { object: deployment, apiVersion: 'apps/v1', replicas: [{ path: ['spec', 'template'], value: 1 }] },
        {
          object: { ...hub, metadata: { ...hub.metadata, namespace: 'kube-system' } },
          apiVersion: 'x',
          replicas: [],
        },
      ],
      objects: [
        object('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'x'),
        object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'x', 'rhdh'),
        object('authorization.openshift.io/v1', 'RoleBinding', 'x', 'rhdh'),
        object('v1', 'ConfigMap', 'x', 'kube-system'),
        object('batch/v1', 'Job', 'x', 'rhdh'),
        object('apps/v1', 'Deployment', 'x', 'rhdh'),
      ],
    }),
  ).toEqual([
    'a move keeps no ClusterRoleBinding/x',
    'a move keeps no RoleBinding/x of the namespace rhdh',
    'a move keeps no RoleBinding/x of the namespace rhdh',
    'a move keeps no ConfigMap/x of the namespace kube-system',
    'a move keeps no Job/x of the namespace rhdh',
    'no bundle after the migration has Deployment/x of the namespace rhdh',
    'a move stops no Pod/x of the namespace rhdh',
    'a move stops no Deployment/flow of the namespace rhdh',
    'a move stops no Backstage/developer-hub of the namespace kube-system',
    'its server is not the one of the bundles',
    'Secret/other of the namespace rhdh is not the Secret of the old server',
  ]);
});

test.each([
  ['v1', 'Secret', true],
  ['v1', 'PersistentVolumeClaim', true],
  ['networking.k8s.io/v1', 'NetworkPolicy', true],
  ['rbac.authorization.k8s.io/v1', 'Role', false],
  ['batch/v1', 'Job', false],
])('of a namespace, %s %s may be put back: %s', (apiVersion, kind, expected) => {
  expect(mayBePutBack(object(apiVersion, kind, 'x', 'rhdh'), 'rhdh')).toBe(expected);
  expect(mayBePutBack(object(apiVersion, kind, 'x'), 'rhdh')).toBe(false);
});
