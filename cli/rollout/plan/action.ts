import { isDeepStrictEqual } from 'node:util';
import type { KubeObject } from '../bundles/manifest';
import { comparable } from './masked';
import { ownFields } from '../fields/own-fields';

/**
 * What applying an object does:
 * - `create`: it does not exist.
 * - `change`: something of it differs.
 * - `adopt`: it is as wanted, but this tool does not own all of its fields yet.
 * - `replace`: a Job that ended is deleted and created anew, because a Job cannot be changed or started again.
 * - `leave`: nothing is written.
 *
 * Destroying does `delete`.
 */
export type Action = 'create' | 'change' | 'adopt' | 'replace' | 'leave' | 'delete';

/** Compares an object with what the API server says it would be after applying (a dry run). */
export function actionFor(live: KubeObject | undefined, applied: KubeObject): Action {
  if (live === undefined) return 'create';
  if (!isDeepStrictEqual(comparable(live), comparable(applied))) return 'change';
  if (!isDeepStrictEqual(ownFields(live), ownFields(applied))) return 'adopt';
  return 'leave';
}

/** Whether carrying out the action writes to the cluster. */
export function isWrite(action: Action): boolean {
  return action !== 'leave';
}
