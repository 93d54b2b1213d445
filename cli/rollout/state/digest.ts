import { createHash } from 'node:crypto';
import { jsonOf } from '../kubernetes/json';

/** A short digest of plain data, whatever the order of its keys. */
export function digestOf(value: unknown): string {
  return createHash('sha256')
    .update(jsonOf(sorted(value)))
    .digest('hex')
    .slice(0, 16);
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
