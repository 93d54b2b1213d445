import { displayName, groupKind, type KubeObject } from '../kubernetes/object';
import { failed, stuck, waiting, type GateResult } from '../gates/gate';
import type { ObjectSet } from '../gates/object-set';
import { passes } from '../gates/patience';
import { isPassive, judge } from '../gates/table';
import { lostFields, ownersOf, ownFields } from '../fields/own-fields';
import { troublesOf, troubleText } from './pods';
import { podsOf, workloadsOf } from '../gates/workloads';

/** What is waited for. */
export interface AwaitedObject {
  /** The object as the API server gave it back when it was applied. */
  readonly applied: KubeObject;
  /** The object as its bundle has it, or as it was before it was stopped. */
  readonly asked: KubeObject;
}

/** An object of a stage and how far it is. */
export interface Assessment {
  readonly object: KubeObject;
  readonly result: GateResult;
}

/** Judges the objects of a stage by what is known of the cluster. */
export function assess(awaited: readonly AwaitedObject[], objects: ObjectSet): Assessment[] {
  return awaited
    .filter(({ applied }) => !isPassive(applied))
    .map((one) => ({ object: one.applied, result: assessOne(one, objects) }));
}

function assessOne({ applied, asked }: AwaitedObject, objects: ObjectSet): GateResult {
  const { namespace, name } = applied.metadata;
  const live = objects.get(groupKind(applied), namespace, name);
  if (live === undefined) return failed(`somebody deleted ${displayName(applied)} while it was waited for`);
  const lost = lostFields(ownFields(applied), ownFields(live));
  if (lost.length > 0) {
    const owners = ownersOf(live, lost).join(', ') || 'somebody';
    return failed(`${owners} changed ${lost.slice(0, 5).join(', ')} while it was waited for`);
  }
  return judgeWithPods(live, objects, asked);
}

/** Judges an object that exists; where it is not ready, its pods may say why. */
export function judgeWithPods(live: KubeObject, objects: ObjectSet, asked: KubeObject): GateResult {
  const result = judge(live, objects, asked);
  if (result.done) return result;
  const troubles = workloadsOf(live, objects)
    .flatMap((workload) => podsOf(workload, objects))
    .flatMap(troublesOf);
  if (troubles.length === 0) return result;
  const message = `${result.message}; ${troubles.map(troubleText).join('; ')}`;
  return troubles.every(({ reason }) => passes(reason)) ? waiting(message) : stuck(message);
}
