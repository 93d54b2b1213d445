import { displayName, type KubeObject } from '../../kubernetes/object';
import { referenceTo, type Api } from '../../kubernetes/api';
import { endedJob } from '../../gates/job';
import { waitUntilGone } from '../../wait/until-gone';
import { commandJob, type MoveCommand, type CommandOptions } from './command-job';
import { InterruptedError, StepError } from './step-error';

/** Deletes a Job with its pods, and waits until they are gone. @throws StepError when they do not go in time */
export async function removeJob(
  api: Api,
  job: KubeObject,
  { timeout, signal }: Pick<CommandOptions, 'timeout' | 'signal'>,
): Promise<void> {
  await api.delete(referenceTo(job), { propagationPolicy: 'Foreground' });
  const { outcome } = await waitUntilGone(api, [job], { timeout, signal });
  if (outcome === 'interrupted') throw new InterruptedError();
  if (outcome === 'timeout') {
    throw new StepError(`${displayName(job)}, of an earlier run, is not gone yet`, true);
  }
}

/** Ends a command that a killed or interrupted run left behind. @returns what was ended */
export async function endCommand(
  api: Api,
  template: KubeObject,
  command: MoveCommand,
  options: Pick<CommandOptions, 'timeout' | 'signal'>,
): Promise<string | undefined> {
  const live = await api.find(referenceTo(commandJob(template, { command, run: '' })));
  if (live === undefined || endedJob(live) !== undefined) return undefined;
  await removeJob(api, live, options);
  return `${displayName(live)} still ran`;
}
