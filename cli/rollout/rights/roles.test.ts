import type { Permission } from '../preflight/permission';
import { rolesFor } from './roles';

const permission = (verb: string, resource: string, more: Partial<Permission> = {}): Permission => ({
  verb,
  group: '',
  resource,
  namespace: 'rhdh',
  ...more,
});

test('what has the same verbs stands in one rule, by names and by resources', () => {
  const [role] = rolesFor('cdk8s-rhdh-apply', 'rhdh', [
    permission('list', 'pods'),
    permission('watch', 'pods'),
    permission('watch', 'services'),
    permission('list', 'services'),
    permission('get', 'secrets', { name: 'b' }),
    permission('get', 'secrets', { name: 'a' }),
    permission('get', 'configmaps', { name: 'a' }),
    permission('get', 'configmaps', { name: 'b' }),
    permission('patch', 'configmaps', { name: 'c' }),
    permission('list', 'deployments', { group: 'apps' }),
  ]);
  expect(role!.object).toMatchObject({
    kind: 'Role',
    metadata: { name: 'cdk8s-rhdh-apply', namespace: 'rhdh' },
    rules: [
      { apiGroups: [''], resources: ['pods', 'services'], verbs: ['list', 'watch'] },
      { apiGroups: [''], resources: ['configmaps', 'secrets'], resourceNames: ['a', 'b'], verbs: ['get'] },
      { apiGroups: [''], resources: ['configmaps'], resourceNames: ['c'], verbs: ['patch'] },
      { apiGroups: ['apps'], resources: ['deployments'], verbs: ['list'] },
    ],
  });
});

test('each namespace has a Role, and what has no namespace a ClusterRole with the name of the home', () => {
  const roles = rolesFor('cdk8s-rhdh-plan', 'rhdh', [
    permission('get', 'storageclasses', { group: 'storage.k8s.io', namespace: undefined, name: 'fast' }),
    permission('get', 'pods', { namespace: 'other' }),
    permission('get', 'pods'),
  ]);
  expect(roles.map(({ object: { kind, metadata } }) => [kind, metadata])).toEqual([
    ['Role', { name: 'cdk8s-rhdh-plan', namespace: 'other' }],
    ['Role', { name: 'cdk8s-rhdh-plan', namespace: 'rhdh' }],
    ['ClusterRole', { name: 'cdk8s-rhdh-plan-rhdh' }],
  ]);
});

test('rules that can be left out come last, each group with what it is for', () => {
  const [role] = rolesFor('cdk8s-rhdh-apply', 'rhdh', [
    permission('list', 'events', { without: 'tells less' }),
    permission('get', 'pods'),
  ]);
  expect(role!.object.rules.map(({ resources }: { resources: string[] }) => resources)).toEqual([
    ['pods'],
    ['events'],
  ]);
  expect(role!.without).toEqual([undefined, 'tells less']);
});
