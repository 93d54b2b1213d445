import type { KubeObject } from '../kubernetes/object';
import { referenceTo, type Api } from '../kubernetes/api';
import { diagnose } from '../wait/diagnosis';
import { waitForStage } from '../wait/wait-for-stage';
import { podsOf } from '../gates/workloads';

/** How a Job is waited for. */
export interface RunJobOptions {
  /** In milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/** How a Job ended: with its log, or with why it did not end well. */
export type JobEnd = { readonly log: string } | { readonly problems: readonly string[] };

/** Runs a Job to its end, reads its log and deletes it, however it ends. */
export async function runJob(api: Api, job: KubeObject, { timeout, signal }: RunJobOptions): Promise<JobEnd> {
  const created = await api.create(job);
  try {
    const { outcome, assessments, objects } = await waitForStage(
      api,
      [{ applied: created, asked: created }],
      {
        timeout,
        patience: timeout,
        signal,
      },
    );
    if (outcome === 'done') return { log: await logOf(api, podsOf(created, objects)) };
    if (outcome === 'interrupted') return { problems: ['interrupted'] };
    const messages = assessments.map(({ result }) => result.message);
    const details = await diagnose(api, created, objects);
    const more = details.filter((detail) => !messages.some((message) => message.includes(detail)));
    const late = outcome === 'timeout' ? 'not done in time, ' : '';
    return { problems: [`Job/${job.metadata.name}: ${late}${messages.join('; ')}`, ...more] };
  } finally {
    await api.delete(referenceTo(created), { propagationPolicy: 'Background' });
  }
}

async function logOf(api: Api, pods: readonly KubeObject[]): Promise<string> {
  const pod = pods.find(({ status }) => status?.phase === 'Succeeded') ?? pods[0];
  if (pod === undefined) return '';
  return api.text(`/api/v1/namespaces/${pod.metadata.namespace}/pods/${pod.metadata.name}/log`);
}
