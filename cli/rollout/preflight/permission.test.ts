import { apiWith } from '../../../test/unit/findings/api-server';
import { object } from '../../../test/unit/findings/objects';
import { grantRights } from './grant-rights';
import { permissionsFor } from './permission';
import type { Right } from './rights';

const secret = { apiVersion: 'v1', kind: 'Secret', namespace: 'rhdh' };
const resolved = (rights: readonly Right[], ...bundled: Parameters<typeof grantRights>[0]) =>
  permissionsFor(apiWith([]).discovery, rights, bundled);

test('a right for all objects of a kind holds for each, and one that is needed is not optional', async () => {
  const permissions = await resolved([
    { ...secret, verbs: ['get'], name: 'login' },
    { ...secret, verbs: ['get', 'list'], name: 'other', without: 'tells less' },
    { ...secret, verbs: ['get'], name: 'other' },
    { ...secret, verbs: ['list'] },
  ]);
  const short = permissions.map(({ verb, name = '*', without }) => [verb, name, without]);
  expect(short).toEqual([
    ['get', 'login', undefined],
    ['get', 'other', undefined],
    ['list', '*', undefined],
  ]);
});

test('a kind that only a CRD of the bundles brings has its plural, and one that nobody knows no right', async () => {
  const crd = object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'mice.example.com', {
    spec: { group: 'example.com', names: { kind: 'Mouse', plural: 'mice' }, scope: 'Cluster' },
  });
  const mouse = { apiVersion: 'example.com/v1', kind: 'Mouse', namespace: 'rhdh', verbs: ['get'] };
  expect(await resolved([mouse], crd)).toMatchObject([
    { group: 'example.com', resource: 'mice', namespace: undefined },
  ]);
  expect(await resolved([mouse])).toEqual([]);
});

test('whether one namespace exists is asked inside of it', async () => {
  const right = {
    apiVersion: 'v1',
    kind: 'Namespace',
    namespace: 'rhdh',
    name: 'rhdh',
    verbs: ['get', 'patch'],
  };
  expect(await resolved([right])).toMatchObject([
    { verb: 'get', namespace: 'rhdh' },
    { verb: 'patch', namespace: undefined },
  ]);
});

test('whoever applies a role has its rights, and may bind one that is not in the bundles', async () => {
  const rbac = 'rbac.authorization.k8s.io/v1';
  const rules = [
    { apiGroups: [''], resources: ['pods', 'pods/log'], verbs: ['get'] },
    { apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['hub'], verbs: ['patch'] },
  ];
  const role = object(rbac, 'Role', 'reader', { rules });
  const binding = (name: string, kind = 'Role') =>
    object(rbac, 'RoleBinding', name, { roleRef: { kind, name } });
  const rights = grantRights([role, binding('reader'), binding('view', 'ClusterRole')]);
  expect(rights.map(({ verbs, kind, resource, name }) => [verbs, resource ?? kind, name])).toEqual([
    [['get'], 'pods', undefined],
    [['get'], 'pods/log', undefined],
    [['patch'], 'deployments', 'hub'],
    [['bind'], 'ClusterRole', 'view'],
  ]);
  expect(await resolved(rights)).toContainEqual({
    verb: 'patch',
    group: 'apps',
    resource: 'deployments',
    namespace: 'rhdh',
    name: 'hub',
    without: undefined,
  });
});
