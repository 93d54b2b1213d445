/** JSON text of a value, in which a whole number that a double cannot hold (bigint) keeps all its digits. */
export function toJsonText(value: unknown): string {
  try {
    return (JSON.stringify(value) as string | undefined) ?? 'null';
  } catch {
    // It refuses bigints.
    return text(value) ?? 'null';
  }
}

function text(value: unknown): string | undefined {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) as string | undefined;
  if (Array.isArray(value)) return `[${value.map((item) => text(item) ?? 'null').join(',')}]`;
  if ('toJSON' in value && typeof value.toJSON === 'function') return text(value.toJSON());
  const members = Object.entries(value).flatMap(([key, inner]) => {
    const written = text(inner);
    return written === undefined ? [] : [`${JSON.stringify(key)}:${written}`];
  });
  return `{${members.join(',')}}`;
}

/** A copy of plain data without members that are undefined, as JSON would give it back. */
export function copyJson<T>(value: T): T {
  return copy(value) as T;
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => copy(item) ?? null);
  if (typeof value !== 'object' || value === null) return value;
  if ('toJSON' in value && typeof value.toJSON === 'function') return copy(value.toJSON());
  const result: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    if (inner !== undefined && typeof inner !== 'function') define(result, key, copy(inner));
  }
  return result;
}

/** Sets a member, also one that JavaScript gives a meaning (`__proto__`). */
export function define(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[key] = value;
  }
}
