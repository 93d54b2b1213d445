import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, KubernetesObject } from '../client';
import { Controller, type Operator } from '../operators/controller';

/** What a command of the move's Job answers: the last line of its log, without the command. */
export type Answer = Record<string, unknown> & { readonly outcome: string };

/** How a command is answered. @default success, as if there were servers */
export type Answers = Partial<Record<string, () => Answer | Promise<Answer>>>;

/** Labels a pod that kwok must not end: it is ended here. */
export const neverEnds = { 'cdk8s-rhdh.test/pod': 'never-ends' };

/** Names of the two Secrets that tell on which server a pod is. */
export interface Servers {
  readonly source: string;
  readonly target: string;
}

/**
 * Plays the containers of the move's Jobs, without servers: writes the report into its ConfigMap as
 * `lib/migration/scripts/report.sh` does, and ends the pod with that script's exit codes. Who has sessions is read
 * from the Secrets that the running pods refer to.
 */
export async function playMoveJobs(
  client: Client,
  namespace: string,
  servers: Servers,
  answers: Answers,
  said: string[],
): Promise<Operator> {
  const done = new Set<string>();
  const controller = new Controller(client, { namespace }, async (_, _namespace, name) => {
    const job = await client.read({ apiVersion: 'batch/v1', kind: 'Job', name, namespace });
    if (!job || job.metadata.deletionTimestamp) return undefined;
    const pod = (await client.list('v1', 'Pod', namespace)).find(
      ({ metadata, status }) =>
        metadata.labels?.['batch.kubernetes.io/job-name'] === name && status?.phase === 'Running',
    );
    if (!pod) return 50;
    if (done.has(pod.metadata.uid!)) return undefined;
    done.add(pod.metadata.uid!);
    const variables: { name: string; value?: string }[] = job.spec.template.spec.containers[0].env;
    const value = (variable: string) => variables.find((one) => one.name === variable)?.value ?? '';
    const command = value('MOVE_COMMAND');
    said.push(value('MOVE_PROOF') === 'sample' ? `${command} by a sample` : command);
    const work = async () => {
      const answer = (await answers[command]?.()) ?? (await usual(client, namespace, servers, command));
      if (!(await isAlive(client, pod))) return;
      const result = { command, findings: [], databases: [], ...answer };
      await report(client, namespace, value('REPORT_CONFIG_MAP'), result);
      await end(client, pod, exitCode(answer.outcome));
    };
    // Jobs run side by side, and one whose pod is deleted says nothing any more.
    void retried(work);
    return undefined;
  });
  await controller.watch({ apiVersion: 'batch/v1', kind: 'Job' }, ({ metadata }) =>
    metadata.labels?.['cdk8s-rhdh/move'] ? metadata.name : undefined,
  );
  return controller;
}

async function usual(client: Client, namespace: string, servers: Servers, command: string): Promise<Answer> {
  switch (command) {
    case 'preflight':
      return {
        outcome: 'ready',
        databases: [{ database: 'backstage_plugin_catalog', bytes: 3 * 1024 ** 3 }],
      };
    case 'copy':
      return {
        outcome: 'proven',
        databases: [{ database: 'backstage_plugin_catalog', tables: 20, rows: 1000, equal: true }],
      };
    case 'sessions':
      return { outcome: 'done', sessions: await sessions(client, namespace, servers) };
    case 'written':
      return { outcome: 'done', written: [] };
    default:
      return { outcome: 'done' };
  }
}

async function sessions(client: Client, namespace: string, servers: Servers): Promise<object[]> {
  const pods = (await client.list('v1', 'Pod', namespace)).filter(
    ({ metadata, status }) =>
      status?.phase === 'Running' &&
      !metadata.labels?.['batch.kubernetes.io/job-name'] &&
      !metadata.ownerReferences?.some(({ kind }) => kind === 'StatefulSet'),
  );
  return Object.entries(servers).flatMap(([side, secret]) =>
    pods
      .filter(({ spec }) => JSON.stringify(spec).includes(`"name":"${secret}"`))
      .map(({ status }) => ({
        side,
        database: 'd',
        user: 'postgres',
        address: status.podIP,
        application: '',
        count: 2,
      })),
  );
}

async function report(
  client: Client,
  namespace: string,
  name: string,
  result: { readonly command: string } & Record<string, unknown>,
): Promise<void> {
  const configMap = result.command === 'copy' ? name : `${name}-${result.command}`;
  await client.apply({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: configMap, namespace },
    data: { 'report.json': JSON.stringify(result) },
  });
}

async function retried(work: () => Promise<void>, attempts = 20): Promise<void> {
  await work().catch(() => (attempts === 1 ? undefined : sleep(200).then(() => retried(work, attempts - 1))));
}

async function isAlive(client: Client, { apiVersion, kind, metadata }: KubernetesObject): Promise<boolean> {
  const live = await client.read({ apiVersion, kind, name: metadata.name, namespace: metadata.namespace });
  return live !== undefined && !live.metadata.deletionTimestamp;
}

function exitCode(outcome: string): number {
  return { proven: 0, ready: 0, done: 0, refused: 2, unequal: 3 }[outcome] ?? 1;
}

async function end(client: Client, pod: KubernetesObject, code: number): Promise<void> {
  const { apiVersion, kind, metadata, spec } = pod;
  const now = new Date().toISOString();
  const terminated = {
    exitCode: code,
    reason: code === 0 ? 'Completed' : 'Error',
    startedAt: now,
    finishedAt: now,
  };
  const [{ name, image }] = spec.containers;
  const container = { name, image, imageID: '', ready: false, restartCount: 0, state: { terminated } };
  await sleep(50);
  await client.merge(
    { apiVersion, kind, name: metadata.name, namespace: metadata.namespace },
    { status: { phase: code === 0 ? 'Succeeded' : 'Failed', containerStatuses: [container] } },
    'status',
  );
}
