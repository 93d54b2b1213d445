import { hasWrites, tellCluster, tellPlan } from '../../rollout/apply/apply-bundles';
import { readDirectory } from '../../rollout/bundles/read-directory';
import { diffOf } from '../../rollout/plan/diff';
import { inspect, isRefused } from '../../rollout/preflight/inspect';
import type { PlannedObject } from '../../rollout/rollout-object';
import type { PlanOptions } from '../common-options';
import { exitCode, type ExitCode } from '../exit-code';
import { chooseReporter } from '../output/choose-reporter';
import { inspectOptions, withCluster } from './session';

/** Shows the plan with its differences, and every finding. */
export async function run(directory: string, options: PlanOptions): Promise<ExitCode> {
  const bundles = await readDirectory(directory);
  return withCluster(options, async ({ api, connection }) => {
    const inspection = await inspect(api, bundles, inspectOptions(options, connection));
    const reporter = chooseReporter(options);
    tellCluster(api, inspection, reporter.event);
    tellPlan(inspection, reporter.event, differenceOf);
    for (const finding of inspection.problems) reporter.event({ type: 'finding', finding });
    await reporter.close();
    if (isRefused(inspection)) return exitCode.error;
    return hasWrites(inspection) ? exitCode.changes : exitCode.success;
  });
}

function differenceOf({ action, live, applied }: PlannedObject): string {
  return action === 'change' && live !== undefined && applied !== undefined ? diffOf(live, applied) : '';
}
