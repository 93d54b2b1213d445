import type { ApiObject } from 'cdk8s';

const laterForms = new WeakSet<ApiObject>();

/** Notes that an object is another form of the one of the same name in an earlier stage, which it replaces. */
export function markLaterForm(object: ApiObject): void {
  laterForms.add(object);
}

/** Whether it was noted that an object replaces the one of the same name in an earlier stage. */
export function isLaterForm(object: ApiObject): boolean {
  return laterForms.has(object);
}
