import type { KubeObject } from '../kubernetes/object';
import type { Permission } from '../preflight/permission';

/** One rule of a Role (Kubernetes API, PolicyRule). */
export interface RoleRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

/** A Role or ClusterRole, and what is less without which of its rules. */
export interface PrintedRole {
  readonly object: KubeObject;
  /** For each rule. @default - the command does not work without it */
  readonly without: readonly (string | undefined)[];
}

/** A Role for each namespace, and a ClusterRole for the rest, with these permissions and no others. */
export function rolesFor(name: string, home: string, permissions: readonly Permission[]): PrintedRole[] {
  const places = [...new Set(permissions.map(({ namespace }) => namespace))].sort();
  return places.map((namespace) => {
    const rules = rulesFor(permissions.filter((permission) => permission.namespace === namespace));
    const metadata = namespace === undefined ? { name: `${name}-${home}` } : { name, namespace };
    return {
      object: {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: namespace === undefined ? 'ClusterRole' : 'Role',
        metadata,
        rules: rules.map(({ rule }) => rule),
      },
      without: rules.map(({ without }) => without),
    };
  });
}

interface RuleOf {
  readonly rule: RoleRule;
  readonly without?: string;
}

/** The permissions in as few rules as say no more: what has the same verbs stands together. */
function rulesFor(permissions: readonly Permission[]): RuleOf[] {
  const ofObject = folded(
    permissions,
    ({ verb: _, ...rest }) => rest,
    ({ verb }) => verb,
  );
  const ofNames = folded(
    ofObject.map(({ key, values }) => ({ ...key, verbs: values })),
    ({ name, ...rest }) => ({ ...rest, isNamed: name !== undefined }),
    ({ name }) => name ?? '',
  );
  const ofResources = folded(
    ofNames.map(({ key: { isNamed, ...rest }, values }) => ({ ...rest, names: isNamed ? values : [] })),
    ({ resource: _, ...rest }) => rest,
    ({ resource }) => resource,
  );
  return ofResources
    .map(({ key: { group, names, verbs, without }, values: resources }): RuleOf => ({
      rule: {
        apiGroups: [group],
        resources,
        ...(names.length > 0 && { resourceNames: names }),
        verbs,
      },
      without,
    }))
    .sort((a, b) => (a.without ?? '').localeCompare(b.without ?? ''));
}

/** Items that differ in one value alone, as one with all these values. */
function folded<T, K extends object>(
  items: readonly T[],
  keyOf: (item: T) => K,
  valueOf: (item: T) => string,
): { readonly key: K; readonly values: string[] }[] {
  const groups = new Map<string, { key: K; values: string[] }>();
  for (const item of items) {
    const key = keyOf(item);
    const text = JSON.stringify(key);
    const group = groups.get(text) ?? { key, values: [] };
    groups.set(text, group);
    group.values.push(valueOf(item));
  }
  return [...groups.values()].map(({ key, values }) => ({ key, values: [...new Set(values)].sort() }));
}
