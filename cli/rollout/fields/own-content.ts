import type { KubeObject, ManagedFields } from '../kubernetes/object';
import { fieldManager } from '../kubernetes/api';
import { ownFields } from './own-fields';
import { merged, valueAt, type Json } from './paths';

type Fields = Readonly<Record<string, unknown>>;

/**
 * What of an object the rollout applied and still owns, with its present values: applied again, it changes nothing
 * (Kubernetes docs, Server-Side Apply; `FieldsV1` of the API reference: `f:` a field, `k:` an element of a list by its
 * keys, `v:` an element of a set, `.` the value itself).
 */
export function ownContent(object: KubeObject): Fields {
  const fields = ownFields(object);
  return Object.keys(fields).length === 0 ? {} : (contentOf(object, fields) as Fields);
}

function contentOf(value: unknown, fields: Fields): unknown {
  const owned = Object.entries(fields).filter(([key]) => key !== '.');
  if (owned.length === 0) return '.' in fields ? emptyLike(value) : value;
  if (Array.isArray(value)) {
    return owned.flatMap(([key, inner]) => ownedElements(value, key, inner as Fields));
  }
  const record = value as Fields;
  return Object.fromEntries(
    owned
      .map(([key, inner]) => [key.slice(2), inner as Fields] as const)
      .filter(([field]) => record?.[field] !== undefined)
      .map(([field, inner]) => [field, contentOf(record[field], inner)]),
  );
}

/** The keys of an element come with it: the server may have set them. */
function ownedElements(list: readonly unknown[], key: string, fields: Fields): unknown[] {
  const wanted = JSON.parse(key.slice(2)) as unknown;
  if (key.startsWith('v:')) return list.filter((item) => item === wanted);
  const keys = Object.entries(wanted as Fields);
  return list
    .filter((item) => keys.every(([field, value]) => (item as Fields)[field] === value))
    .map((item) => ({ ...(wanted as Fields), ...(contentOf(item, fields) as Fields) }));
}

function emptyLike(value: unknown): unknown {
  if (Array.isArray(value)) return [];
  return typeof value === 'object' && value !== null ? {} : value;
}

/** The object to apply that changes nothing of what the rollout owns but what the changes say. */
export function appliedWith(live: KubeObject, changes: readonly Json[]): KubeObject {
  const { apiVersion, kind, metadata } = live;
  const { namespace, name, uid } = metadata;
  const identity = { apiVersion, kind, metadata: { namespace, name, uid } };
  return [...changes, identity].reduce<Json>(merged, ownContent(live)) as KubeObject;
}

/** Who owned a field, of those that did; the rollout itself first. */
export function ownerOf(object: KubeObject, path: readonly string[]): ManagedFields | undefined {
  const marks = path.map((field) => `f:${field}`);
  return (object.metadata.managedFields ?? [])
    .filter(({ subresource, fieldsV1 }) => !subresource && valueAt(fieldsV1, marks) !== undefined)
    .sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)))[0];
}

/** Whether an entry is of the rollout's applying. */
export function isOwn({ manager, operation, subresource }: ManagedFields): boolean {
  return manager === fieldManager && operation === 'Apply' && !subresource;
}
