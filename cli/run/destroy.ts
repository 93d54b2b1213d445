import { readDirectory } from '../rollout/bundles/read-directory';
import { displayName } from '../rollout/bundles/manifest';
import { ProblemsError } from '../rollout/bundles/problem';
import { destroy } from '../rollout/destroy/destroy';
import { stepsOf, type DestroyPlan } from '../rollout/destroy/plan';
import type { HelmRelease } from '../rollout/destroy/targets';
import { exitCode, type ExitCode } from '../exit-code';
import { ask } from './ask';
import { goOnCommand } from './go-on-command';
import { isHelmThere, uninstallCommand, uninstallRelease } from './helm';
import { finishing, withInterruption } from './session';
import type { CommonOptions } from '../options/common-options';

/** Options of `destroy`, as the parser gives them. */
export interface DestroyCommandOptions extends CommonOptions {
  readonly discardLocalDatabase?: boolean;
  readonly timeout: number;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

const exitCodes = {
  gone: exitCode.success,
  left: exitCode.notReady,
  refused: exitCode.error,
  declined: exitCode.error,
  failed: exitCode.notReady,
  timeout: exitCode.timeout,
  interrupted: exitCode.interrupted,
} as const;

/** Deletes the hub and what the lab deletes with it. */
export async function run(directory: string, options: DestroyCommandOptions): Promise<ExitCode> {
  const bundles = await readDirectory(directory);
  return withInterruption(options, finishing, async ({ api, say, ...session }) => {
    const releases: HelmRelease[] = [];
    const outcome = await destroy(api, bundles, {
      ...session,
      discardLocalDatabase: options.discardLocalDatabase ?? false,
      timeout: options.timeout,
      dryRun: options.dryRun ?? false,
      confirm: async (plan) => {
        releases.push(...plan.targets.releases);
        return options.yes || confirmDeletion(plan, options);
      },
      uninstall: (await isHelmThere()) ? (release) => uninstallRelease(release, options) : undefined,
    });
    if (outcome === 'left') {
      const commands = releases.map((release) => `  ${uninstallCommand(release, options)}`);
      say(`Helm made workflows, and it is not on the PATH. Run:\n${commands.join('\n')}`);
    }
    if (outcome === 'timeout' || outcome === 'interrupted' || outcome === 'failed') {
      say(`To continue: ${goOnCommand(process.argv.slice(2))}`);
    }
    return exitCodes[outcome];
  });
}

/** Deleting is never done unasked. @throws ProblemsError where nobody can be asked */
async function confirmDeletion({ targets }: DestroyPlan, options: DestroyCommandOptions): Promise<boolean> {
  if (!process.stdin.isTTY || options.output === 'json') {
    throw new ProblemsError('Nothing was deleted:', [
      {
        severity: 'error',
        rule: 'not-confirmed',
        message: 'nobody can be asked here',
        advice: 'Look at --dry-run, then say --yes.',
      },
    ]);
  }
  const names = stepsOf(targets).flatMap(({ objects }) => objects.map(displayName));
  return ask(`Delete ${names.join(', ')}?`);
}
