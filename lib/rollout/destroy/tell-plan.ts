import { displayName, type KubeObject } from '../bundles/manifest';
import type { Listener } from '../event';
import type { Action } from '../plan/action';
import { isOfPods, ownedBy } from './owned';
import { stepsOf, type DestroyPlan } from './plan';
import { isOfRelease } from './targets';

/** Tells every object that is deleted, what goes with it, and what stays. */
export function tellDestroyPlan({ targets, owned, staying }: DestroyPlan, listener: Listener): void {
  const planned = (stage: string, action: Action, object: KubeObject, note?: string) =>
    listener({
      type: 'planned',
      stage,
      object: displayName(object),
      namespace: object.metadata.namespace,
      action,
      note,
    });
  for (const { name, objects } of stepsOf(targets)) {
    for (const object of objects) {
      planned(name, 'delete', object, isOfRelease(object) ? 'by Helm' : undefined);
      for (const part of ownedBy([object], owned)) {
        if (!isOfPods(part)) planned(name, 'delete', part, `with ${displayName(object)}`);
      }
    }
  }
  if (stepsOf(targets).length === 0) return;
  for (const object of staying) planned('staying', 'leave', object, 'stays');
}
