import { execFile } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Cluster } from './cluster';
import { playGeneratedSecrets } from './generated-secrets';
import { Operator } from './operators/controller';
import { playRhdhOperator } from './operators/rhdh';
import { playSonataFlowOperator } from './operators/sonataflow';
import { installPrerequisites } from './prerequisites';

const root = join(__dirname, '../..');
const namespace = 'rhdh-gitlab';

/** The `oc` commands of the table of stages, in the order in which a reader meets them. */
const commands = readFileSync(join(root, 'README.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| `dist\/\S+\.k8s\.yaml` \|/.test(line))
  .flatMap((row) => [...row.matchAll(/`(oc [^`]+)`/g)].map(([, command]) => command));

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

test('The commands of the README, typed as they stand there, bring the hub of dist/ up', async () => {
  expect(commands.filter((command) => command.startsWith('oc apply'))).toHaveLength(4);
  const tools = cluster.createFolder();
  symlinkSync(cluster.plane.program('kubectl'), join(tools, 'oc'));
  const env = { ...process.env, PATH: `${tools}:${process.env.PATH}`, KUBECONFIG: cluster.kubeconfig };

  for (const command of commands) await promisify(execFile)('bash', ['-c', command], { cwd: root, env });

  const read = (name: string) =>
    cluster.client.read({ apiVersion: 'apps/v1', kind: 'Deployment', name, namespace });
  expect((await read('backstage-developer-hub'))!.status.availableReplicas).toBe(1);
  expect((await read('sonataflow-platform-data-index-service'))!.status.availableReplicas).toBe(1);
});
