import { displayName, type KubeObject } from '../kubernetes/object';
import type { Listener, Action } from '../event';

/** An object and what is going to be done with it. */
export interface PlanLine {
  readonly object: KubeObject;
  readonly action: Action;
  readonly note?: string;
  readonly diff?: string;
}

/** What is going to be done in one stage. */
export interface StagePlan {
  readonly stage: string;
  readonly lines: readonly PlanLine[];
}

/** Tells a plan stage by stage, and at its end how many objects it does what with. */
export function tellPlan(stages: readonly StagePlan[], listener: Listener): void {
  const actions: Partial<Record<Action, number>> = {};
  for (const { stage, lines } of stages) {
    listener({ type: 'stage-planned', stage, objects: lines.length });
    for (const { object, action, note, diff } of lines) {
      const { namespace } = object.metadata;
      listener({ type: 'planned', stage, object: displayName(object), namespace, action, note, diff });
      actions[action] = (actions[action] ?? 0) + 1;
    }
  }
  listener({ type: 'plan', actions });
}
