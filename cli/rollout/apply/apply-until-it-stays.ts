import type { KubeObject } from '../kubernetes/object';
import { referenceTo, type Api } from '../kubernetes/api';
import { merged, onlyAt, valueAt, type Json } from '../fields/paths';
import { lastingWrite } from '../wait/lasting-write';
import { untilItStays, type StayOptions } from '../wait/until-it-stays';

/**
 * Applies an object that exists, again where its operator puts back what was there before. What that puts back is the
 * operator's own, so the second time it is taken over; and what the bundle has no more is removed.
 *
 * @returns the object as it is applied
 */
export async function applyUntilItStays(
  api: Api,
  object: KubeObject,
  force: boolean,
  options: StayOptions,
): Promise<KubeObject> {
  let applied: KubeObject | undefined;
  const write = lastingWrite(async (_live, undone) => {
    applied = await api.apply(object, { force: force || undone !== undefined });
    const removed = (undone?.fields ?? []).filter((path) => valueAt(undone?.after, path) === undefined);
    if (removed.length === 0) return applied;
    const patch = removed.map((path) => onlyAt(path, null)).reduce<Json>(merged, {});
    applied = await api.merge(referenceTo(object), patch);
    return applied;
  });
  await untilItStays(api, referenceTo(object), write, options);
  return applied ?? api.apply(object, { force });
}
