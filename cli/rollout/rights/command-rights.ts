import { destroyRights } from '../destroy/destroy-rights';
import { findTargetKinds } from '../destroy/targets';
import type { CommandName } from '../findings/rules';
import type { Api } from '../kubernetes/api';
import { findMove } from '../move/clients/find-move';
import { migrateRights, rollbackRights } from '../move/move-rights';
import { applyRights, objectsOfStages, planRights } from '../preflight/apply-rights';
import type { Right } from '../preflight/rights';
import { isMoveJob, withoutMoveJobs } from '../stages/left-to-apply';
import type { RolloutStage } from '../stages/rollout-stage';
import { statusRights } from '../status/status-rights';
import { verifyRights } from '../verify/verify-rights';

type RightsOf = (
  api: Api,
  stages: readonly RolloutStage[],
  home: string,
) => readonly Right[] | Promise<readonly Right[]>;

/** What each command takes: the lists that the commands themselves check before they begin. */
export const commandRights: Readonly<Record<CommandName, RightsOf>> = {
  plan: (_, stages, home) => planRights(stages, home),
  apply: (_, stages, home) => [...planRights(stages, home), ...applyRights(stages, home)],
  status: (_, stages, home) => statusRights(stages, home),
  verify: (_, stages, home) => verifyRights(stages, home),
  destroy: async (api, stages, home) =>
    destroyRights(await findTargetKinds(api), objectsOfStages(stages), home),
  migrate: async (api, stages, home) => {
    const applied = withoutMoveJobs(stages);
    return [
      ...planRights(applied, home),
      ...applyRights(applied, home),
      ...(await migrateRights(api, findMove(stages), stages, home)),
    ];
  },
  rollback: (api, stages, home) => rollbackRights(api, findMove(stages), stages, home),
};

/** Whether the bundles can be used for a command: only those with a move can be moved. */
export function isFor(command: CommandName, stages: readonly RolloutStage[]): boolean {
  return (
    (command !== 'migrate' && command !== 'rollback') ||
    stages.some(({ objects }) => objects.some(({ object }) => isMoveJob(object)))
  );
}
