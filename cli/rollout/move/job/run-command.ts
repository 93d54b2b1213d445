import { displayName, type KubeObject } from '../../kubernetes/object';
import { referenceTo, type Api } from '../../kubernetes/api';
import { pause } from '../../kubernetes/pause';
import { endedJob } from '../../gates/job';
import { diagnose } from '../../wait/diagnosis';
import { tellWaiting } from '../../wait/tell-waiting';
import { waitForStage, type WaitOutcome } from '../../wait/wait-for-stage';
import {
  commandJob,
  isOfRun,
  reportName,
  type CommandOptions,
  type CommandRun,
  type MoveCommand,
} from './command-job';
import { isSuccess, parseResult, resultInLog, type CommandResult } from './command-result';
import { lastLines } from './follow-log';
import { containerOf, podsOfJob } from './pods-of-job';
import { removeJob } from './remove-job';
import { InterruptedError, StepError } from './step-error';
import { tellLog } from './tell-log';

/**
 * Runs a command of the move as a Job and gives what it says: of success as soon as its log says so, of all else once
 * the Job tries no more. A Job that somebody started for the same run is followed; one of an earlier run makes room.
 *
 * @throws StepError when the Job did not come to an end, or ended without a word.
 * @throws InterruptedError
 */
export async function runCommand(
  api: Api,
  template: KubeObject,
  run: CommandRun,
  options: CommandOptions,
): Promise<CommandResult> {
  const job = await startJob(api, template, run, options);
  const logs = new AbortController();
  const succeeded = new AbortController();
  let success: CommandResult | undefined;
  const onResult = (result: CommandResult) => {
    if (!isSuccess(result)) return;
    success = result;
    succeeded.abort();
  };
  // A log that cannot be read is no failure: the Job's own state says how it went.
  const reading = tellLog(
    api,
    job,
    { command: run.command, listener: options.listener, onResult },
    AbortSignal.any([logs.signal, options.signal]),
  ).catch(() => undefined);
  try {
    const waited = await waitForStage(api, [{ applied: job, asked: job }], {
      ...options,
      signal: AbortSignal.any([succeeded.signal, options.signal]),
      tell: tellWaiting(run.command, options.listener),
    });
    if (success !== undefined) return success;
    await Promise.race([reading, pause(5_000, logs.signal)]);
    if (waited.outcome === 'interrupted') throw new InterruptedError();
    const result = waited.outcome === 'timeout' ? undefined : await resultOf(api, template, job, run.command);
    return result ?? (await failWith(api, job, waited));
  } finally {
    logs.abort();
  }
}

async function startJob(
  api: Api,
  template: KubeObject,
  run: CommandRun,
  options: CommandOptions,
): Promise<KubeObject> {
  const wanted = commandJob(template, run);
  const live = await api.find(referenceTo(wanted));
  if (live !== undefined && isOfRun(live, run) && endedJob(live) !== 'failed') return live;
  if (live !== undefined) await removeJob(api, live, options);
  if (options.signal.aborted) throw new InterruptedError();
  await forgetReport(api, template, run.command);
  return api.apply(wanted);
}

/** What an earlier run reported must not be taken for this one's report. */
async function forgetReport(api: Api, template: KubeObject, command: MoveCommand): Promise<void> {
  const name = reportName(template, command);
  const { namespace } = template.metadata;
  if (name !== undefined) await api.delete({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name });
}

/** The last line of the newest pod's log, or the report in the ConfigMap where no log can be read. */
async function resultOf(
  api: Api,
  template: KubeObject,
  job: KubeObject,
  command: MoveCommand,
): Promise<CommandResult | undefined> {
  const [pod] = (await podsOfJob(api, job)).reverse();
  const log = pod === undefined ? '' : await lastLines(api, containerOf(pod), 20);
  const result = resultInLog(log);
  if (result !== undefined) return result;
  const name = reportName(template, command);
  if (name === undefined) return undefined;
  const report = await api.find({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    namespace: template.metadata.namespace,
    name,
  });
  return parseResult(String(report?.data?.['report.json'] ?? ''));
}

async function failWith(
  api: Api,
  job: KubeObject,
  { outcome, assessments, objects }: WaitOutcome,
): Promise<never> {
  const messages = assessments.map(({ result }) => result.message);
  const live = objects.get('Job.batch', job.metadata.namespace, job.metadata.name) ?? job;
  const details = await diagnose(api, live, objects);
  const what =
    outcome === 'timeout'
      ? 'did not end in time'
      : outcome === 'stuck'
        ? 'cannot run'
        : 'ended without a result';
  throw new StepError(
    [`${displayName(job)} ${what}`, ...messages, ...details].join('\n  - '),
    outcome === 'timeout',
  );
}
