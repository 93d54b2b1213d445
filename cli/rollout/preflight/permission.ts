import { groupOf, type KubeObject } from '../kubernetes/object';
import type { Discovery, KindVersion, Resource } from '../kubernetes/resource';
import type { Right } from './rights';

/** A right in the terms of RBAC: one verb on a resource, or on one object of it. */
export interface Permission {
  readonly verb: string;
  readonly group: string;
  /** Plural, with its subresource: `pods/log`. */
  readonly resource: string;
  readonly namespace?: string;
  readonly name?: string;
  /** What the command does less without it. @default - it does not work without it */
  readonly without?: string;
}

/**
 * What rights come to on this API server, each once. A kind that it does not serve is that of a CRD of the bundles, or has
 * no permissions.
 */
export async function permissionsFor(
  discovery: Discovery,
  rights: readonly Right[],
  bundled: readonly KubeObject[] = [],
): Promise<Permission[]> {
  const unique = new Map<string, Permission>();
  for (const right of rights) {
    const { verbs, subresource, namespace, name, without } = right;
    const resource = right.resource ?? (await discovery.find(right)) ?? resourceInCrd(bundled, right);
    if (resource === undefined) continue;
    for (const verb of verbs) {
      const { plural, namespaced } =
        typeof resource === 'string' ? { plural: resource, namespaced: true } : resource;
      add(unique, {
        verb,
        group: groupOf(right),
        resource: subresource === undefined ? plural : `${plural}/${subresource}`,
        namespace: namespaced || isAskedInside(right, verb) ? namespace : undefined,
        name,
        without,
      });
    }
  }
  return [...unique.values()].filter(
    (permission) => permission.name === undefined || !isWhole(unique, permission),
  );
}

/** The API server asks inside of a namespace who may read it, and who may bind a ClusterRole there. */
function isAskedInside({ kind }: KindVersion, verb: string): boolean {
  return (kind === 'Namespace' && verb === 'get') || (kind === 'ClusterRole' && verb === 'bind');
}

/** Whoever cannot do without a right has it, though others could. */
function add(unique: Map<string, Permission>, permission: Permission): void {
  const key = keyOf(permission);
  if (unique.get(key)?.without === undefined && unique.has(key)) return;
  unique.set(key, permission);
}

function isWhole(unique: ReadonlyMap<string, Permission>, permission: Permission): boolean {
  const whole = unique.get(keyOf({ ...permission, name: undefined }));
  return whole !== undefined && (whole.without === undefined || permission.without !== undefined);
}

function keyOf({ verb, group, resource, namespace, name }: Permission): string {
  return [verb, group, resource, namespace ?? '', name ?? ''].join(' ');
}

function resourceInCrd(bundled: readonly KubeObject[], wanted: KindVersion): Resource | undefined {
  const crd = bundled.find(
    ({ kind, spec }) =>
      kind === 'CustomResourceDefinition' &&
      spec?.group === groupOf(wanted) &&
      spec?.names?.kind === wanted.kind,
  );
  if (crd === undefined) return undefined;
  return { ...wanted, plural: crd.spec.names.plural as string, namespaced: crd.spec.scope !== 'Cluster' };
}
