import { setTimeout as sleep } from 'node:timers/promises';
import { displayName, type KubeObject } from '../../bundles/manifest';
import type { Listener } from '../../event';
import { referenceTo, type Api } from '../../kubernetes/api';
import { endedJob } from '../../gates/job';
import { diagnose } from '../../wait/diagnosis';
import { waitForStage, type WaitOutcome } from '../../wait/wait-for-stage';
import {
  commandJob,
  isOfRun,
  reportName,
  type CommandOptions,
  type CommandRun,
  type MoveCommand,
} from './command-job';
import {
  isFindingLine,
  isSuccess,
  parseResult,
  resultInLog,
  withoutOrigin,
  type CommandResult,
} from './command-result';
import { followLog, lastLines } from './follow-log';
import { removeJob } from './remove-job';
import { InterruptedError, StepError } from './step-error';

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
  const reading = tellLog(
    api,
    job,
    { command: run.command, listener: options.listener, onResult },
    AbortSignal.any([logs.signal, options.signal]),
  );
  const waited = await waitForStage(api, [{ applied: job, asked: job }], {
    ...options,
    signal: AbortSignal.any([succeeded.signal, options.signal]),
    onChange: ({ object, result }) =>
      options.listener({
        type: 'waiting',
        stage: run.command,
        object: displayName(object),
        namespace: object.metadata.namespace,
        ready: result.successful,
        message: result.message,
      }),
  });
  try {
    if (success !== undefined) return success;
    await Promise.race([reading, sleep(5_000, undefined, { ref: false })]);
    if (waited.outcome === 'interrupted') throw new InterruptedError();
    const result = waited.outcome === 'timeout' ? undefined : await resultOf(api, template, job, run.command);
    return result ?? (await failWith(api, job, waited));
  } finally {
    logs.abort();
    waited.watch.close();
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

/** Who is told of a Job's log. */
interface LogReader {
  readonly command: MoveCommand;
  readonly listener: Listener;
  readonly onResult: (result: CommandResult) => void;
}

/** Tells the log lines of each pod of a Job, one pod after the other. */
async function tellLog(
  api: Api,
  job: KubeObject,
  { command, listener, onResult }: LogReader,
  signal: AbortSignal,
): Promise<void> {
  const read = new Set<string>();
  while (!signal.aborted) {
    const pod = (await podsOfJob(api, job)).find(
      ({ metadata, status }) => !read.has(metadata.name) && status?.phase !== 'Pending',
    );
    if (pod !== undefined) {
      read.add(pod.metadata.name);
      const tell = (line: string) => {
        const result = parseResult(line);
        if (result !== undefined) onResult(result);
        else if (!isFindingLine(line)) listener({ type: 'job-log', command, line: withoutOrigin(line) });
      };
      await followLog(api, containerOf(pod), tell, signal);
    }
    const live = await api.find(referenceTo(job));
    if (live === undefined || endedJob(live) !== undefined) return;
    await sleep(500, undefined, { signal }).catch(() => undefined);
  }
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

/** The pods of a Job, the oldest first; none where they may not be listed. */
async function podsOfJob(api: Api, { metadata: { namespace, name } }: KubeObject): Promise<KubeObject[]> {
  try {
    const selector = `labelSelector=${encodeURIComponent(`batch.kubernetes.io/job-name=${name}`)}`;
    const { items } = await api.list({ apiVersion: 'v1', kind: 'Pod' }, namespace, selector);
    const time = ({ metadata }: KubeObject) => metadata.creationTimestamp ?? '';
    return items.sort((a, b) => (time(a) < time(b) ? -1 : 1));
  } catch {
    return [];
  }
}

function containerOf({ metadata, spec }: KubeObject) {
  return {
    namespace: metadata.namespace as string,
    pod: metadata.name,
    container: spec.containers[0].name as string,
  };
}

async function failWith(
  api: Api,
  job: KubeObject,
  { outcome, assessments, watch }: WaitOutcome,
): Promise<never> {
  const messages = assessments.map(({ result }) => result.message);
  const live = watch.objects.get('Job.batch', job.metadata.namespace, job.metadata.name) ?? job;
  const details = await diagnose(api, live, watch.objects);
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
