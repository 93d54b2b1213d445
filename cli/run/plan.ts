import { readDirectory } from '../rollout/bundles/read-directory';
import { diffOf } from '../rollout/plan/diff';
import { tellPlan } from '../rollout/plan/tell-plan';
import { inspect } from '../rollout/preflight/inspect';
import { hasWrites, isRefused, plannedStages } from '../rollout/preflight/inspection';
import { tellCluster } from '../rollout/stages/tell-cluster';
import type { PlannedObject } from '../rollout/plan/planned-object';
import type { PlanCommandOptions } from '../options/common-options';
import { exitCodeOf, type ExitCode } from '../exit-code';
import { inspectOptions, withCluster } from './session';

/** Shows the plan with its differences, and every finding. */
export async function runPlan(directory: string, options: PlanCommandOptions): Promise<ExitCode> {
  const bundles = await readDirectory(directory);
  return withCluster(options, async (session) => {
    const { api, listener } = session;
    const inspection = await inspect(api, bundles, {
      ...inspectOptions(options, session),
      command: 'plan',
    });
    tellCluster(api, inspection, listener);
    tellPlan(plannedStages(inspection, differenceOf), listener);
    for (const finding of inspection.problems) listener({ type: 'finding', finding });
    if (isRefused(inspection)) return exitCodeOf('refused');
    return exitCodeOf(hasWrites(inspection) ? 'changes' : 'done');
  });
}

function differenceOf({ action, object, live, applied, earlierForm }: PlannedObject): string | undefined {
  if (action !== 'change') return undefined;
  if (earlierForm !== undefined) return diffOf(earlierForm, object);
  return live !== undefined && applied !== undefined ? diffOf(live, applied) : undefined;
}
