import type { ManagedFields } from '../kubernetes/object';
import { fieldManager } from '../kubernetes/api';
import { isOwn } from './own-content';
import { merged } from './paths';

/** Owner of what a move writes for nobody in particular. */
export const moveManager = 'cdk8s-rhdh-move';

/**
 * The owners of an object's fields, with what some managers own handed over to the rollout. What the rollout then
 * does not apply is removed, and nothing it applies is a conflict (Kubernetes docs, Server-Side Apply,
 * "Transferring ownership").
 */
export function handedOver(
  fields: readonly ManagedFields[],
  managers: readonly string[],
): ManagedFields[] | undefined {
  const given = fields.filter((entry) => managers.includes(entry.manager) && isOfSpec(entry));
  const [first] = given;
  if (first === undefined) return undefined;
  const own = fields.find(isOwn) ?? { ...first, manager: fieldManager, operation: 'Apply' as const };
  const fieldsV1 = [own, ...given].reduce((all, entry) => merged(all, entry.fieldsV1 ?? {}), {});
  const others = fields.filter((entry) => !isOwn(entry) && !given.includes(entry));
  return [...others, { ...own, fieldsV1 }];
}

/**
 * The owners of an object that has its former content again: those of that time, and the present ones of its status.
 * Who came since owns nothing any more that is not of that time.
 */
export function ownersPutBack(
  former: readonly ManagedFields[],
  present: readonly ManagedFields[],
): ManagedFields[] {
  return [...former.filter(isOfSpec), ...present.filter((entry) => !isOfSpec(entry))];
}

export function isOfSpec({ subresource }: ManagedFields): boolean {
  return subresource === undefined || subresource === '';
}
