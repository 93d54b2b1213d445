import { groupOf } from '../kubernetes/object';
import type { RolloutObject, RolloutStage } from './rollout-stage';

/**
 * Whether a binding is of a role of the bundles, in the same stage or an earlier one. The API server answers 404 to a dry run
 * of it before the role exists, unless the user may bind every role (kubernetes/kubernetes,
 * pkg/registry/rbac/rolebinding/policybased/storage.go).
 */
export function bringsRole(stages: readonly RolloutStage[], { object, stageIndex }: RolloutObject): boolean {
  const { kind, metadata, roleRef } = object;
  const isBinding = kind === 'RoleBinding' || kind === 'ClusterRoleBinding';
  if (!isBinding || groupOf(object) !== 'rbac.authorization.k8s.io') return false;
  const earlier = stages.slice(0, stageIndex + 1).flatMap(({ objects }) => objects);
  return earlier.some(
    ({ object: role }) =>
      role.kind === roleRef?.kind &&
      role.metadata.name === roleRef?.name &&
      (role.kind === 'ClusterRole' || role.metadata.namespace === metadata.namespace),
  );
}
