import { objectKey } from '../kubernetes/object';
import type { Problem } from '../findings/problem';
import { concurrently } from '../kubernetes/concurrently';
import type { Api } from '../kubernetes/api';
import type { RolloutState } from '../state/rollout-state';
import { digestOf } from '../state/digest';
import { bringsCrd } from '../stages/brings-crd';
import { settleForms } from '../stages/forms';
import type { PlannedObject } from './planned-object';
import type { RolloutStage } from '../stages/rollout-stage';
import { isWrite } from './action';
import { isDeletedAfterEnd } from '../gates/job';
import { planObject, type PlanResult } from './plan-object';

/** What applying the stages would do. */
export interface Plan {
  readonly objects: readonly PlannedObject[];
  /** The objects as their dry runs said, each for itself. */
  readonly tried: readonly PlannedObject[];
  /** Objects that the API server refuses. */
  readonly problems: readonly Problem[];
}

/** What is known of the cluster. */
export interface PlanStagesOptions {
  readonly forceConflicts: boolean;
  readonly missingNamespaces: ReadonlySet<string>;
  /** A plan of the same stages; what has not changed since is not tried again. */
  readonly before?: Plan;
}

/** Plans all stages: each object is tried in a dry run. Writes nothing. */
export async function planStages(
  api: Api,
  stages: readonly RolloutStage[],
  state: RolloutState,
  options: PlanStagesOptions,
): Promise<Plan> {
  const items = stages.flatMap(({ objects }) => objects);
  const before = new Map(options.before?.tried.map((item) => [item.manifest, item]));
  const results = await concurrently(items, 8, async (item): Promise<Partial<PlanResult>> => {
    const known = (await api.discovery.find(item.object)) !== undefined;
    if (!known && !bringsCrd(stages, item)) return {};
    const { namespace } = item.object.metadata;
    return planObject(api, item, {
      forceConflicts: options.forceConflicts,
      namespaceMissing: namespace !== undefined && options.missingNamespaces.has(namespace),
      kindMissing: !known,
      before: before.get(item.manifest),
    });
  });
  const tried = results.flatMap(({ planned }) => (planned === undefined ? [] : [planned]));
  const problems = results.flatMap(({ problem }) => (problem === undefined ? [] : [problem]));
  return { objects: settleJobs(settleForms(tried, state), state), tried, problems };
}

/**
 * A Job that completed and that Kubernetes deleted since (`ttlSecondsAfterFinished`) is not run again, unless
 * this run writes something in its own or an earlier stage: then what it did may have to be done again.
 */
function settleJobs(plan: readonly PlannedObject[], state: RolloutState): PlannedObject[] {
  const isGone = (item: PlannedObject) =>
    item.live === undefined &&
    isDeletedAfterEnd(item.object) &&
    state.completedJobs[objectKey(item.object)] === digestOf(item.manifest.object);
  const firstWrite = Math.min(
    ...plan.filter((item) => isWrite(item.action) && !isGone(item)).map(({ stageIndex }) => stageIndex),
  );
  return plan.map((item) =>
    isGone(item) && item.stageIndex < firstWrite
      ? { ...item, action: 'leave', note: 'it completed before, and Kubernetes deleted it since' }
      : item,
  );
}
