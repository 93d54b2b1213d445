import { execFile } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { formerHub, hubName, writeMove } from '../../move/app';
import type { KubernetesObject } from '../client';
import { Cluster } from '../cluster';
import { playGeneratedSecrets } from '../generated-secrets';
import type { Operator } from '../operators/controller';
import { playRhdhOperator } from '../operators/rhdh';
import { playSonataFlowOperator } from '../operators/sonataflow';
import { neverEnds, playMoveJobs } from './move-jobs';

/** The commands of docs/migration.md, as they stand there. */
const [, script] = /^## By hand[^]*?^```sh\n([^]*?)^```$/m.exec(
  readFileSync(join(__dirname, '../../../docs/migration.md'), 'utf8'),
) as unknown as [string, string];

let cluster: Cluster;
const operators: Operator[] = [];
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
});
afterAll(async () => {
  await Promise.all(operators.map((operator) => operator.stop()));
  await cluster.close();
});

test('the commands of docs/migration.md, typed as they stand there, move a hub', async () => {
  const { client } = cluster;
  const namespace = await cluster.createNamespace('by-hand');
  const folder = cluster.createFolder();
  writeMove(join(folder, 'dist'), namespace);
  const bundle = join(folder, 'dist/0100-migration.k8s.yaml');
  const annotated = `  template:\n    metadata: { annotations: ${JSON.stringify(neverEnds)} }\n    spec:\n`;
  writeFileSync(bundle, readFileSync(bundle, 'utf8').replace('  template:\n    spec:\n', annotated));
  const props = { namespace, longestRetryMilliseconds: 1_000 };
  const servers = { source: `backstage-psql-secret-${hubName}`, target: 'hub-postgres-secret' };
  const commands: string[] = [];
  operators.push(
    await playRhdhOperator(client, { ...props, release: '1.8' }),
    await playSonataFlowOperator(client, props),
    await playGeneratedSecrets(client, props),
    await playMoveJobs(client, namespace, servers, {}, commands),
  );
  for (const object of formerHub('plugins', '1.8')) {
    const metadata = { namespace, ...object.metadata };
    await client.apply({ ...object, metadata } as KubernetesObject, 'kubectl');
  }
  const available = async () => {
    const deployments = await client.list('apps/v1', 'Deployment', namespace);
    return deployments.map(({ metadata, status }) => `${metadata.name} ${status?.availableReplicas ?? 0}`);
  };
  const everything = [
    'backstage-developer-hub 1',
    'sonataflow-platform-data-index-service 1',
    'sonataflow-platform-jobs-service 1',
  ];
  await cluster.until('everything runs', async () => (await available()).join() === everything.join());

  const tools = cluster.createFolder();
  symlinkSync(cluster.kubectl, join(tools, 'oc'));
  await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: folder,
    env: {
      ...process.env,
      PATH: `${tools}:${process.env.PATH}`,
      KUBECONFIG: cluster.kubeconfigFor({ namespace }),
    },
  });

  expect(commands).toEqual(['preflight', 'fence', 'copy', 'sessions']);
  await cluster.until('everything runs again', async () => (await available()).join() === everything.join());
  const version = { apiVersion: 'rhdh.redhat.com/v1alpha4', kind: 'Backstage' };
  const hub = await client.read({ ...version, name: hubName, namespace });
  expect(hub!.spec.database).toEqual({ enableLocalDb: false });
  expect(hub!.spec.deployment).toBeUndefined();
  const [platform] = await client.list('sonataflow.org/v1alpha08', 'SonataFlowPlatform', namespace);
  expect(platform!.metadata.ownerReferences).toBeUndefined();
  const { dataIndex, jobService } = platform!.spec.services;
  expect([dataIndex, jobService].map(({ persistence }) => persistence.postgresql.serviceRef.name)).toEqual([
    'hub-postgres',
    'hub-postgres',
  ]);
});
