/** Plain data with names. */
export type Json = Readonly<Record<string, unknown>>;

/** What is at a path of an object, or nothing. */
export function valueAt(object: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, field) => (isRecord(value) ? value[field] : undefined), object);
}

/** An object with nothing but a value at a path. */
export function onlyAt(path: readonly string[], value: unknown): Json {
  return path.reduceRight<unknown>((inner, field) => ({ [field]: inner }), value) as Json;
}

/** An object with another value at a path; what is on the way there is made. */
export function withAt(object: Json, [field, ...rest]: readonly string[], value: unknown): Json {
  if (field === undefined) return object;
  if (rest.length === 0) return { ...object, [field]: value };
  const inner = object[field];
  return { ...object, [field]: withAt(isRecord(inner) ? inner : {}, rest, value) };
}

/** An object without what is at a path, and without the maps that held nothing else. */
export function withoutAt(object: Json, [field, ...rest]: readonly string[]): Json {
  if (field === undefined || !(field in object)) return object;
  const { [field]: present, ...others } = object;
  if (rest.length === 0) return others;
  if (!isRecord(present)) return object;
  const inner = withoutAt(present, rest);
  return Object.keys(inner).length === 0 ? others : { ...object, [field]: inner };
}

/**
 * The paths of the fields in a `fieldsV1`; a list that is owned by its elements counts as one field (`FieldsV1` of the
 * Kubernetes API reference).
 */
export function leafPaths(fields: Json, path: readonly string[] = []): string[][] {
  const names = Object.keys(fields).filter((key) => key.startsWith('f:'));
  if (names.length === 0) return path.length === 0 ? [] : [[...path]];
  return names.flatMap((key) => leafPaths(fields[key] as Json, [...path, key.slice(2)]));
}

/** Two objects as one; where both have a value that is not an object, the second's counts. */
export function merged(one: Json, other: Json): Json {
  const result: Record<string, unknown> = { ...one };
  for (const [field, value] of Object.entries(other)) {
    const present = result[field];
    result[field] = isRecord(present) && isRecord(value) ? merged(present, value) : value;
  }
  return result;
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
