import { objectKey } from '../bundles/manifest';
import type { RolloutState } from '../state/rollout-state';
import type { PlannedObject } from './planned-object';
import { isWrite } from './action';

/**
 * Settles the objects that two stages carry. Once the later stage was reached, the earlier form is not applied
 * again. It was reached when the state says so, or when there is no state (somebody applied the files by hand)
 * and the later form is live. Either way a stage counts as reached only while all that was applied up to it
 * still exists: after the hub was deleted the sequence starts again.
 */
export function settleSuperseded(plan: readonly PlannedObject[], state: RolloutState): PlannedObject[] {
  const last = new Map<string, PlannedObject>();
  for (const item of plan) last.set(objectKey(item.object), item);
  const applied = new Map<string, PlannedObject>();
  return plan.map((item) => {
    const key = objectKey(item.object);
    const later = last.get(key) as PlannedObject;
    if (later !== item && isReached(item, later, plan, state)) {
      return { ...item, action: 'leave' as const, note: `${later.stage} has replaced it` };
    }
    const earlier = applied.get(key)?.object;
    if (isWrite(item.action)) applied.set(key, item);
    return earlier === undefined ? item : { ...item, action: 'change' as const, earlier };
  });
}

function isReached(
  earlier: PlannedObject,
  later: PlannedObject,
  plan: readonly PlannedObject[],
  state: RolloutState,
): boolean {
  const recorded = state.stages[objectKey(earlier.object)];
  const between = plan.filter(
    ({ stageIndex }) => stageIndex >= earlier.stageIndex && stageIndex <= later.stageIndex,
  );
  if (earlier.live === undefined) return false;
  if (recorded !== undefined) {
    const reached = plan.find(({ stage }) => stage === recorded);
    if (reached === undefined || reached.stageIndex <= earlier.stageIndex) return false;
    return between.every(
      ({ object, live, stageIndex }) =>
        live !== undefined ||
        stageIndex > earlier.stageIndex ||
        !(objectKey(object) in state.stages) ||
        object.kind === 'Job',
    );
  }
  return (
    !isWrite(later.action) && between.every(({ live, object }) => live !== undefined || object.kind === 'Job')
  );
}
