import { execFile } from 'node:child_process';
import { readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Cluster } from './cluster';
import { workflow } from './faults/objects';
import { playGeneratedSecrets } from './generated-secrets';
import type { Operator } from './operators/controller';
import { playRhdhOperator } from './operators/rhdh';
import { playSonataFlowOperator } from './operators/sonataflow';
import { installPrerequisites } from './prerequisites';
import { readmeCommands } from './readme-commands';

const root = join(__dirname, '../..');
const namespace = 'rhdh-gitlab';

/** What the README's Helm chart of a workflow makes, here without Helm. */
const greeting = workflow('greeting');

let cluster: Cluster;
const operators: Operator[] = [];
beforeAll(async () => {
  cluster = await Cluster.start();
  const { client } = cluster;
  await client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  await installPrerequisites(client, namespace);
  operators.push(await playRhdhOperator(client, { release: '1.8', delayMilliseconds: 300 }));
  operators.push(await playSonataFlowOperator(client, { delayMilliseconds: 300 }));
  operators.push(await playGeneratedSecrets(client));
});
afterAll(async () => {
  await Promise.all(operators.map((operator) => operator.stop()));
  await cluster.close();
});

test('the commands of the README, typed as they stand there, bring the hub of dist/ up', async () => {
  const files = readdirSync(join(root, 'dist')).filter((name) => name.endsWith('.yaml'));
  expect(readmeCommands.filter((command) => command.startsWith('oc apply'))).toEqual(
    files.map((name) => `oc apply -f dist/${name}`),
  );
  const tools = cluster.createFolder();
  symlinkSync(cluster.plane.program('kubectl'), join(tools, 'oc'));
  const env = { ...process.env, PATH: `${tools}:${process.env.PATH}`, KUBECONFIG: cluster.kubeconfig };

  const beforeHelm = readmeCommands.findIndex((command) => command.includes(' deployment/greeting '));
  const type = async (commands: readonly string[]) =>
    promisify(execFile)('bash', ['-e', '-c', commands.join('\n')], { cwd: root, env });
  await type(readmeCommands.slice(0, beforeHelm));
  await cluster.client.apply({ ...greeting, metadata: { ...greeting.metadata, namespace } });
  await cluster.until('the operator has made the Deployment', async () =>
    Boolean(
      await cluster.client.read({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'greeting', namespace }),
    ),
  );
  await type(readmeCommands.slice(beforeHelm));

  const deployments = await cluster.client.list('apps/v1', 'Deployment', namespace);
  const available = deployments.map(({ metadata, status }) => [metadata.name, status.availableReplicas]);
  expect(Object.fromEntries(available)).toEqual({
    'backstage-developer-hub': 1,
    greeting: 1,
    'sonataflow-platform-data-index-service': 1,
    'sonataflow-platform-jobs-service': 1,
  });
});
