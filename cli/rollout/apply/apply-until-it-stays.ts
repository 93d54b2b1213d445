import type { KubeObject } from '../bundles/manifest';
import { referenceTo, type Api } from '../kubernetes/api';
import { merged, onlyAt, valueAt, type Json } from '../fields/paths';
import { undoneFields } from '../fields/undone';
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
  let before: KubeObject | undefined;
  let applied: KubeObject | undefined;
  const undone = (live: KubeObject) =>
    before === undefined || applied === undefined ? [] : undoneFields(before, applied, live);
  const write = async (live: KubeObject) => {
    const removed = undone(live).filter((path) => valueAt(applied, path) === undefined);
    before ??= live;
    applied = await api.apply(object, { force: force || applied !== undefined });
    if (removed.length === 0) return;
    const patch = removed.map((path) => onlyAt(path, null)).reduce<Json>(merged, {});
    applied = await api.merge(referenceTo(object), patch);
  };
  const isRight = (live: KubeObject) => applied !== undefined && undone(live).length === 0;
  await untilItStays(api, referenceTo(object), { isRight, write }, options);
  return applied ?? api.apply(object, { force });
}
