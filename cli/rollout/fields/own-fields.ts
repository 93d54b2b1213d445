import type { KubeObject } from '../kubernetes/object';
import { fieldManager } from '../kubernetes/api';

type FieldSet = Record<string, unknown>;

/** The fields that this tool applied and still owns (`managedFields`, Kubernetes docs, Server-Side Apply). */
export function ownFields(object: KubeObject): FieldSet {
  const entry = object.metadata.managedFields?.find(
    ({ manager, operation, subresource }) =>
      manager === fieldManager && operation === 'Apply' && subresource === undefined,
  );
  return (entry?.fieldsV1 ?? {}) as FieldSet;
}

/** Paths of `before` that are not in `after`, as people write them: `spec.replicas`. */
export function lostFields(before: FieldSet, after: FieldSet, path: string[] = []): string[] {
  return Object.entries(before).flatMap(([key, value]) => {
    if (key === '.') return [];
    const here = [...path, readable(key)];
    if (!(key in after)) return [here.join('.')];
    return lostFields(value as FieldSet, after[key] as FieldSet, here);
  });
}

/** Managers that own one of the paths, other than this tool. */
export function ownersOf(object: KubeObject, paths: readonly string[]): string[] {
  const owners = (object.metadata.managedFields ?? [])
    .filter(({ manager, fieldsV1 }) => {
      if (manager === fieldManager) return false;
      const missing = lostFields((fieldsV1 ?? {}) as FieldSet, {});
      const owned = new Set(leaves((fieldsV1 ?? {}) as FieldSet));
      return paths.some((path) => owned.has(path) || missing.includes(path));
    })
    .map(({ manager }) => manager);
  return [...new Set(owners)];
}

function leaves(fields: FieldSet, path: string[] = []): string[] {
  const entries = Object.entries(fields).filter(([key]) => key !== '.');
  const own = path.length === 0 ? [] : [path.join('.')];
  return [...own, ...entries.flatMap(([key, value]) => leaves(value as FieldSet, [...path, readable(key)]))];
}

/** `f:replicas` is a field, `k:{"name":"x"}` an element of a list. */
function readable(key: string): string {
  if (key.startsWith('f:')) return key.slice(2);
  return `[${key.slice(2)}]`;
}
