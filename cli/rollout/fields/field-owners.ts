import type { KubeObject, ManagedFields } from '../kubernetes/object';
import { referenceTo, type Api } from '../kubernetes/api';
import { isOfSpec, moveManager, ownersPutBack } from './managed-fields';
import { isOwn } from './own-content';
import { merged, type Json } from './paths';

/**
 * Writes owners of an object's fields, where they are others than the present ones.
 *
 * @throws ApiError with status 409 when somebody else wrote meanwhile
 */
export async function writeOwners(
  api: Api,
  live: KubeObject,
  managedFields: readonly ManagedFields[],
): Promise<void> {
  const { resourceVersion, managedFields: present = [] } = live.metadata;
  if (JSON.stringify(managedFields) === JSON.stringify(present)) return;
  await api.merge(referenceTo(live), { metadata: { resourceVersion, managedFields } }, moveManager);
}

/**
 * Writes the owners that an object's fields had at another time, for these fields alone.
 *
 * @throws ApiError with status 409 when somebody else wrote meanwhile
 */
export async function giveOwnersBack(
  api: Api,
  former: KubeObject,
  paths: readonly (readonly string[])[],
): Promise<void> {
  const live = await api.find(referenceTo(former));
  if (live === undefined) return;
  const managedFields = paths.reduce<readonly ManagedFields[]>(
    (owners, path) => ownersGivenBack(former.metadata.managedFields ?? [], owners, path),
    live.metadata.managedFields ?? [],
  );
  await writeOwners(api, live, managedFields);
}

/** Writes the owners that all fields of an object had, which has its former content again. */
export async function giveAllOwnersBack(api: Api, former: KubeObject, written: KubeObject): Promise<void> {
  const { managedFields = [] } = written.metadata;
  await writeOwners(api, written, ownersPutBack(former.metadata.managedFields ?? [], managedFields));
}

/** The present owners, with those of one field as they were. */
export function ownersGivenBack(
  former: readonly ManagedFields[],
  present: readonly ManagedFields[],
  path: readonly string[],
): ManagedFields[] {
  const owners = present.map((entry) => (isOfSpec(entry) ? without(entry, path) : entry));
  for (const entry of former.filter(isOfSpec)) {
    const fieldsV1 = wayTo(entry.fieldsV1 ?? {}, path);
    if (fieldsV1 === undefined) continue;
    const index = owners.findIndex((owner) => keyOf(owner) === keyOf(entry));
    if (index < 0) {
      owners.push({ ...entry, fieldsV1 });
    } else {
      owners[index] = {
        ...entry,
        ...owners[index],
        fieldsV1: merged(owners[index]?.fieldsV1 ?? {}, fieldsV1),
      };
    }
  }
  return owners.filter(isOwner);
}

/**
 * The owners without others than the rollout who own, on the way to a field, nothing but maps that once held it. Such
 * a map of another owner would stay as `null` when the rollout takes the field away (seen with
 * `spec.deployment.patch`, whose content has no schema), and in a strategic merge patch that removes what it names.
 */
export function withoutHolders(owners: readonly ManagedFields[], path: readonly string[]): ManagedFields[] {
  const isHolder = (entry: ManagedFields) =>
    isOfSpec(entry) && !isOwn(entry) && !endsAt(entry.fieldsV1 ?? {}, path);
  return owners.map((entry) => (isHolder(entry) ? without(entry, path) : entry)).filter(isOwner);
}

function without(entry: ManagedFields, path: readonly string[]): ManagedFields {
  return { ...entry, fieldsV1: withoutWay(entry.fieldsV1 ?? {}, path) as Record<string, unknown> };
}

/** Fields without one, and without the maps that have no other. */
function withoutWay(fields: Json, [field, ...rest]: readonly string[]): Json {
  const name = `f:${field}`;
  const inner = fields[name] as Json | undefined;
  if (inner === undefined) return fields;
  const { [name]: _gone, ...others } = fields;
  const left = withoutWay(inner, rest);
  const isEmpty = rest.length === 0 || Object.keys(left).every((key) => key === '.');
  return isEmpty ? others : { ...others, [name]: left };
}

/** Of fields what is on the way to one, as far as it is owned; nothing where it is not. */
function wayTo(fields: Json, [field, ...rest]: readonly string[]): Record<string, unknown> | undefined {
  const self = '.' in fields ? { '.': {} } : {};
  if (field === undefined) return self;
  const inner = fields[`f:${field}`] as Json | undefined;
  const next = inner === undefined ? undefined : wayTo(inner, rest);
  if (next !== undefined) return { ...self, [`f:${field}`]: next };
  return '.' in fields || Object.keys(fields).length === 0 ? self : undefined;
}

function endsAt(fields: Json, path: readonly string[]): boolean {
  const [field, ...rest] = path;
  if (field === undefined) return true;
  const inner = fields[`f:${field}`] as Json | undefined;
  return inner !== undefined && endsAt(inner, rest);
}

function keyOf({ manager, operation, apiVersion }: ManagedFields): string {
  return [manager, operation, apiVersion ?? ''].join(' ');
}

function isOwner(entry: ManagedFields): boolean {
  return !isOfSpec(entry) || Object.keys(entry.fieldsV1 ?? {}).length > 0;
}
