type Fields = Readonly<Record<string, any>>;

/**
 * The fields of an object, overridden by those of another as mergo does it `WithOverride`: what the other leaves out or empty
 * stays, and lists are taken as a whole (imdario/mergo, `deepMerge`).
 */
export function overridden(fields: Fields | undefined, by: Fields): Fields {
  const merged: Record<string, any> = { ...fields };
  for (const [name, value] of Object.entries(by)) {
    if (isFields(value)) merged[name] = overridden(merged[name] as Fields | undefined, value);
    else if (!isEmpty(value)) merged[name] = value;
  }
  return merged;
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === 0 ||
  value === false ||
  (Array.isArray(value) && value.length === 0);
