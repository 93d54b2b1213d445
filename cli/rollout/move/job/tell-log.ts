import { groupKind, type KubeObject } from '../../kubernetes/object';
import type { Listener } from '../../event';
import { endedJob } from '../../gates/job';
import type { ObjectSet } from '../../gates/object-set';
import type { Api } from '../../kubernetes/api';
import { observe } from '../../wait/observe';
import type { MoveCommand } from './command-job';
import { isFindingLine, parseResult, withoutOrigin, type CommandResult } from './command-result';
import { followLog } from './follow-log';
import { containerOf, podsAmong } from './pods-of-job';

/** Who is told of a Job's log. */
export interface LogReader {
  readonly command: MoveCommand;
  readonly listener: Listener;
  readonly onResult: (result: CommandResult) => void;
}

/** Tells the log lines of each pod of a Job, one pod after the other, until the Job has ended. */
export async function tellLog(
  api: Api,
  job: KubeObject,
  { command, listener, onResult }: LogReader,
  signal: AbortSignal,
): Promise<void> {
  const { namespace, name } = job.metadata;
  const kinds = [
    { apiVersion: job.apiVersion, kind: job.kind, namespace, name },
    { apiVersion: 'v1', kind: 'Pod', namespace, optional: true },
  ];
  const read = new Set<string>();
  const tell = (line: string) => {
    const result = parseResult(line);
    if (result !== undefined) onResult(result);
    else if (!isFindingLine(line)) listener({ type: 'job-log', command, line: withoutOrigin(line) });
  };
  const look = async (objects: ObjectSet) => {
    const pod = podsAmong(objects.list('Pod', namespace), job).find(
      ({ metadata, status }) => !read.has(metadata.name) && status?.phase !== 'Pending',
    );
    if (pod === undefined) {
      const live = objects.get(groupKind(job), namespace, name);
      return { value: undefined, done: live === undefined || endedJob(live) !== undefined };
    }
    read.add(pod.metadata.name);
    await followLog(api, containerOf(pod), tell, signal);
    return { value: undefined, done: false, again: Date.now() };
  };
  await observe(api, kinds, look, { signal });
}
