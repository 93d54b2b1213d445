import { isDeepStrictEqual } from 'node:util';
import type { KubeObject } from '../kubernetes/object';
import { comparable } from './comparable';
import { ownFields } from '../fields/own-fields';
import type { Action } from '../event';

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
