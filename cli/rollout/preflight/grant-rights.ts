import { groupOf, type KubeObject } from '../kubernetes/object';
import type { Right } from './rights';

interface PolicyRule {
  readonly verbs?: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
}

/**
 * What it takes to apply roles and bindings: nobody may give rights that he does not have himself (Kubernetes docs, RBAC,
 * "Privilege escalation prevention and bootstrapping").
 */
export function grantRights(objects: readonly KubeObject[]): Right[] {
  const ofRbac = objects.filter((object) => groupOf(object) === 'rbac.authorization.k8s.io');
  return ofRbac.flatMap((object) => [...rightsIn(object), ...rightToBind(object, ofRbac)]);
}

function rightsIn({ kind, rules, metadata: { namespace } }: KubeObject): Right[] {
  if (kind !== 'Role' && kind !== 'ClusterRole') return [];
  return ((rules ?? []) as PolicyRule[]).flatMap(
    ({ verbs = [], apiGroups = [], resources = [], resourceNames = [] }) =>
      apiGroups.flatMap((group) =>
        resources.flatMap((resource) =>
          (resourceNames.length === 0 ? [undefined] : resourceNames).map((name) => ({
            verbs,
            apiVersion: group === '' ? 'v1' : `${group}/*`,
            kind: '',
            resource,
            namespace,
            name,
          })),
        ),
      ),
  );
}

/** A role of the bundles may be bound by whoever has its rights; any other has to be named. */
function rightToBind(
  { apiVersion, kind, metadata, roleRef }: KubeObject,
  bundled: readonly KubeObject[],
): Right[] {
  if (kind !== 'RoleBinding' && kind !== 'ClusterRoleBinding') return [];
  const { kind: role, name } = roleRef as { readonly kind: string; readonly name: string };
  const isBundled = bundled.some(
    (object) =>
      object.kind === role &&
      object.metadata.name === name &&
      (role === 'ClusterRole' || object.metadata.namespace === metadata.namespace),
  );
  return isBundled ? [] : [{ verbs: ['bind'], apiVersion, kind: role, namespace: metadata.namespace, name }];
}
