import { isDeepStrictEqual } from 'node:util';
import type { KubeObject } from '../bundles/manifest';

/**
 * Whether an object in the cluster has everything that a manifest says. What the API server adds is no
 * difference; `data` must be the same to the last key, because a key too many is another content.
 */
export function isCarriedBy(manifest: KubeObject, live: KubeObject): boolean {
  return (
    Object.entries(manifest).every(
      ([field, value]) => field === 'metadata' || contains(live[field], value),
    ) &&
    (manifest.data === undefined || isDeepStrictEqual(manifest.data, live.data))
  );
}

function contains(live: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(live) &&
      live.length === wanted.length &&
      wanted.every((item, index) => contains(live[index], item))
    );
  }
  if (typeof wanted !== 'object' || wanted === null) return live === wanted;
  if (typeof live !== 'object' || live === null) return false;
  return Object.entries(wanted).every(([key, value]) =>
    contains((live as Record<string, unknown>)[key], value),
  );
}
