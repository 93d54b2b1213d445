import type { Problem } from '../findings/problem';
import { concurrently } from '../kubernetes/concurrently';
import type { Api } from '../kubernetes/api';
import type { RolloutState } from '../state/rollout-state';
import { bringsCrd } from '../stages/brings-crd';
import { bringsRole } from '../stages/brings-role';
import { settleForms } from '../stages/forms';
import type { PlannedObject } from './planned-object';
import type { RolloutStage } from '../stages/rollout-stage';
import { settleDeletedJobs } from './deleted-jobs';
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
      bringsRole: bringsRole(stages, item),
      before: before.get(item.manifest),
    });
  });
  const tried = results.flatMap(({ planned }) => (planned === undefined ? [] : [planned]));
  const problems = results.flatMap(({ problem }) => (problem === undefined ? [] : [problem]));
  return { objects: settleDeletedJobs(settleForms(tried, state), state), tried, problems };
}
