import { applyBundles } from '../rollout/apply/apply-bundles';
import { readDirectory } from '../rollout/bundles/read-directory';
import { displayName } from '../rollout/kubernetes/object';
import { isWrite } from '../rollout/plan/action';
import { selectedObjects, type Inspection } from '../rollout/preflight/inspection';
import { exitCodeOf, type ExitCode } from '../exit-code';
import { ask } from './ask';
import { goOnCommand } from './go-on-command';
import { finishing, inspectOptions, withInterruption } from './session';
import type { PlanCommandOptions } from '../options/common-options';

/** Options of `apply`, as the parser gives them. */
export interface ApplyCommandOptions extends PlanCommandOptions {
  readonly timeout: number;
  readonly patience: number;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

/** Rolls the bundles out. */
export async function runApply(directory: string, options: ApplyCommandOptions): Promise<ExitCode> {
  const bundles = await readDirectory(directory);
  return withInterruption(options, finishing, async (session) => {
    const { api, listener, signal, say } = session;
    const { outcome } = await applyBundles(api, bundles, {
      ...inspectOptions(options, session),
      command: 'apply',
      timeout: options.timeout,
      patience: options.patience,
      dryRun: options.dryRun ?? false,
      signal,
      listener,
      confirm: options.yes || !process.stdin.isTTY || options.output === 'json' ? undefined : confirmChanges,
    });
    if (outcome !== 'done' && outcome !== 'declined') {
      say(`To continue: ${goOnCommand(process.argv.slice(2))}`);
    }
    return exitCodeOf(outcome);
  });
}

/** Asks before something that exists is changed; creating needs no question. */
async function confirmChanges(inspection: Inspection): Promise<boolean> {
  const changed = selectedObjects(inspection).filter(
    ({ action, live }) => live !== undefined && isWrite(action) && action !== 'adopt',
  );
  if (changed.length === 0) return true;
  const names = changed.map(({ object, action }) => `  ${action} ${displayName(object)}`).join('\n');
  return ask(`These objects exist and will be changed:\n${names}\nGo on?`);
}
