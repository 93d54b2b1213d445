import { configurationRights, objectsOfStages } from '../preflight/apply-rights';
import { watchRights, type Right } from '../preflight/rights';
import type { RolloutStage } from '../stages/rollout-stage';
import { statusKinds } from './watch-status';

/** What it takes to tell how the stages stand. */
export function statusRights(stages: readonly RolloutStage[], home: string): Right[] {
  const objects = objectsOfStages(stages);
  return [...watchRights(statusKinds(objects, home)), ...configurationRights(objects)];
}
