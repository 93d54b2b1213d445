import { isDeepStrictEqual } from 'node:util';
import type { KubeObject } from '../kubernetes/object';
import { valueAt } from './paths';

/**
 * The fields of an object's spec in which a write is undone: they have the value again that they had before it. A
 * default that an operator sets where nothing is said is not undone.
 *
 * @param before the object as it was before the write
 * @param after the object as the write left it
 * @param live the object as it is now
 */
export function undoneFields(before: KubeObject, after: KubeObject, live: KubeObject): string[][] {
  return changedFields(before.spec, after.spec, ['spec']).filter((path) => {
    const former = valueAt(before, path);
    const isDefault = valueAt(after, path) === undefined && isOperatorsDefault(path, former);
    return !isDefault && isDeepStrictEqual(valueAt(live, path), former);
  });
}

/**
 * What the SonataFlow operator sets where nothing is said: `enabled` of a service, and the fields of its Go types that
 * are false or empty (internal/controller/platform/defaults.go, `setPlatformDefaults`; api/v1alpha08).
 */
function isOperatorsDefault(path: readonly string[], value: unknown): boolean {
  return value === false || (value === true && path.at(-1) === 'enabled');
}

/** Where two values differ; lists are compared as a whole, and a map without any field is none. */
function changedFields(one: unknown, other: unknown, path: string[]): string[][] {
  if (isDeepStrictEqual(one, other)) return [];
  if (!isMap(one ?? other) || !isMap(other ?? one)) return [path];
  const [fields = {}, others = {}] = [one, other] as (Readonly<Record<string, unknown>> | undefined)[];
  return [...new Set([...Object.keys(fields), ...Object.keys(others)])].flatMap((field) =>
    changedFields(fields[field], others[field], [...path, field]),
  );
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
