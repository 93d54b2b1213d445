import type { KubeObject } from '../kubernetes/object';
import { object, stagesOf } from '../../../test/unit/findings/objects';
import { bringsRole } from './brings-role';

const rbac = 'rbac.authorization.k8s.io/v1';
const role = object(rbac, 'Role', 'reader');
const clusterRole = object(rbac, 'ClusterRole', 'reader', { metadata: { namespace: undefined } });
const binding = (kind: string, name = 'reader') =>
  object(rbac, 'RoleBinding', 'reader', { roleRef: { kind, name } });

/** Whether the last object of the last stage binds a role of these bundles. */
const ofLast = (...bundles: KubeObject[][]) => {
  const stages = stagesOf(...bundles);
  return bringsRole(stages, stages.at(-1)!.objects.at(-1)!);
};

test('a role of the same or an earlier stage is brought', () => {
  expect(ofLast([role, binding('Role')])).toBe(true);
  expect(ofLast([role], [binding('Role')])).toBe(true);
  expect(ofLast([clusterRole], [binding('ClusterRole')])).toBe(true);
});

test('a role of a later stage, of another kind, name or namespace is not', () => {
  const stages = stagesOf([binding('Role')], [role]);
  expect(bringsRole(stages, stages[0]!.objects[0]!)).toBe(false);
  expect(ofLast([role], [binding('ClusterRole')])).toBe(false);
  expect(ofLast([role], [binding('Role', 'writer')])).toBe(false);
  expect(
    ofLast([object(rbac, 'Role', 'reader', { metadata: { namespace: 'other' } })], [binding('Role')]),
  ).toBe(false);
});

test('what is no binding brings no role', () => {
  expect(ofLast([role])).toBe(false);
  expect(
    ofLast([
      role,
      object('example.com/v1', 'RoleBinding', 'x', { roleRef: { kind: 'Role', name: 'reader' } }),
    ]),
  ).toBe(false);
});
