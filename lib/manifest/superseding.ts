import type { ApiObject } from 'cdk8s';

const superseding = new WeakSet<ApiObject>();

/** Notes that an object replaces the one of the same name in an earlier stage on purpose. */
export function markSuperseding(object: ApiObject): void {
  superseding.add(object);
}

/** Whether an object replaces the one of the same name in an earlier stage on purpose. */
export function isSuperseding(object: ApiObject): boolean {
  return superseding.has(object);
}
