import type { Problem } from '../findings/problem';
import { isWrite } from '../plan/action';
import type { Plan } from '../plan/plan';
import type { PlannedObject } from '../plan/planned-object';
import type { StagePlan } from '../plan/tell-plan';
import type { RolloutStage } from '../stages/rollout-stage';
import type { ClusterNames } from '../stages/tell-cluster';
import type { RolloutState } from '../state/rollout-state';

/** Everything that is known before the first write. */
export interface Inspection extends ClusterNames {
  /** All stages of the directory. */
  readonly stages: readonly RolloutStage[];
  /** The stages that were asked for. */
  readonly selected: readonly RolloutStage[];
  readonly missingNamespaces: ReadonlySet<string>;
  readonly state: RolloutState;
  readonly plan: Plan;
  readonly problems: readonly Problem[];
}

/** What is planned for the stages that were asked for. */
export function selectedObjects({ selected, plan }: Pick<Inspection, 'selected' | 'plan'>): PlannedObject[] {
  const stages = new Set(selected.map(({ name }) => name));
  return plan.objects.filter(({ stage }) => stages.has(stage));
}

/** The same, stage by stage. */
export function plannedStages(
  inspection: Pick<Inspection, 'selected' | 'plan'>,
  diff: (item: PlannedObject) => string | undefined = () => undefined,
): StagePlan[] {
  return inspection.selected.map(({ name }) => ({
    stage: name,
    lines: inspection.plan.objects
      .filter(({ stage }) => stage === name)
      .map((item) => ({ ...item, diff: diff(item) })),
  }));
}

/** Whether a finding forbids to write. */
export function isRefused({ problems }: Pick<Inspection, 'problems'>): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

/** Whether applying the stages that were asked for would change something. */
export function hasWrites(inspection: Inspection): boolean {
  return (
    inspection.missingNamespaces.size > 0 || selectedObjects(inspection).some(({ action }) => isWrite(action))
  );
}
