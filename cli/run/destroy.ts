import { readDirectory } from '../rollout/bundles/read-directory';
import { displayName } from '../rollout/kubernetes/object';
import { found, ProblemsError } from '../rollout/findings/problem';
import { destroy } from '../rollout/destroy/destroy';
import { stepsOf } from '../rollout/destroy/plan-destroy';
import type { HelmRelease, Targets } from '../rollout/destroy/targets';
import { exitCodeOf, type ExitCode } from '../exit-code';
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

/** Deletes the hub and what the lab deletes with it. */
export async function runDestroy(directory: string, options: DestroyCommandOptions): Promise<ExitCode> {
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
        return options.yes || confirmDeletion(plan.targets, options);
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
    return exitCodeOf(outcome);
  });
}

/** Deleting is never done unasked. @throws ProblemsError where nobody can be asked */
export async function confirmDeletion(
  targets: Targets,
  options: Pick<DestroyCommandOptions, 'output'>,
): Promise<boolean> {
  if (!process.stdin.isTTY || options.output === 'json') {
    const message = 'nobody can be asked here';
    throw new ProblemsError('Nothing was deleted:', [found('not-confirmed', { message })]);
  }
  const names = stepsOf(targets).flatMap(({ objects }) => objects.map(displayName));
  return ask(`Delete ${names.join(', ')}?`);
}
