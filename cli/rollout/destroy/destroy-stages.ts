import { displayName } from '../kubernetes/object';
import type { PlanLine, StagePlan } from '../plan/tell-plan';
import { isOfPods, ownedBy } from './owned';
import { stepsOf, type DestroyPlan } from './plan-destroy';
import { isOfRelease } from './targets';

/** Every object that is deleted, what goes with it, and what stays. */
export function destroyStages({ targets, owned, staying }: DestroyPlan): StagePlan[] {
  const steps = stepsOf(targets).map(({ name, objects }) => ({
    stage: name,
    lines: objects.flatMap((object): PlanLine[] => [
      { object, action: 'delete', note: isOfRelease(object) ? 'by Helm' : undefined },
      ...ownedBy([object], owned)
        .filter((part) => !isOfPods(part))
        .map((part): PlanLine => ({ object: part, action: 'delete', note: `with ${displayName(object)}` })),
    ]),
  }));
  if (steps.length === 0 || staying.length === 0) return steps;
  return [...steps, { stage: 'staying', lines: staying.map((object) => ({ object, action: 'leave' })) }];
}
