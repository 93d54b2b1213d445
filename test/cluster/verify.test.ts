import { Cluster } from './cluster';
import { cli, Run } from './faults/cli';
import { Scene } from './faults/scene';

let cluster: Cluster;
let scene: Scene;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
  scene = await Scene.open(cluster);
  scene.useDist();
  expect(await cli(scene.kubeconfig, 'apply', scene.folder, '--yes')).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await scene.close();
  await cluster.close();
});

/** What the Job's script prints (test/jobs/verify.test.ts runs it against a server): here kwok gives the log. */
const answer = {
  version: '15.14',
  ssl: false,
  tls: null,
  databases: ['backstage_plugin_catalog', 'backstage_plugin_orchestrator', 'postgres', 'rhdh-ls'],
  database: 'backstage_plugin_catalog',
  schemas: ['public'],
  connections: [{ database: 'backstage_plugin_catalog', address: '192.0.2.9', ssl: false, count: 3 }],
};

const answering = (changes: Partial<typeof answer> = {}) =>
  cluster.writeLogs(scene.namespace, 'verify', [JSON.stringify({ ...answer, ...changes })]);

const verifyJobs = async () =>
  (await cluster.client.list('batch/v1', 'Job', scene.namespace))
    .map(({ metadata }) => metadata.name)
    .filter((name) => name.startsWith('cdk8s-rhdh-verify-'));

test('after an apply everything passes, and the Job is gone', async () => {
  await answering();
  const ended = await cli(scene.kubeconfig, 'verify', scene.folder);
  const host = `my-backstage-psql-developer-hub.${scene.namespace}`;
  const [head, ...lines] = ended.stdout.split('\n');
  expect(head).toMatch(new RegExp(`^cluster https:.* namespace ${scene.namespace}$`));
  expect(lines).toEqual([
    'passed: live-objects: 17 objects are what the bundles say',
    `passed: hub-environment of Backstage/developer-hub: 1 pod is on ${host}.svc.cluster.local, which Secret/my-backstage-psql-secret-developer-hub says, and nobody refers to the local database`,
    `passed: orchestrator-database of SonataFlowPlatform/sonataflow-platform: data index and jobs service on ${host}:5432/backstage_plugin_orchestrator`,
    'passed: plugins of Backstage/developer-hub: the plugins of 0400-orchestrator',
    'passed: server-tls of Backstage/developer-hub: PostgreSQL 15.14; no TLS is demanded, none is used',
    'passed: server-databases of Backstage/developer-hub: 2 of the hub, and backstage_plugin_orchestrator, rhdh-ls',
    'passed: hub-connected of Backstage/developer-hub: 1 databases with 3 connections',
    '7 checks passed, 0 failed',
    '',
  ]);
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  await cluster.until('the Job is gone', async () => (await verifyJobs()).length === 0);
});

test('what the server lacks fails the check, in JSON with the report as the last line', async () => {
  await answering({ databases: ['postgres'], connections: [] });
  const ended = await cli(scene.kubeconfig, 'verify', scene.folder, '--output', 'json');
  expect(ended.code).toBe(3);
  const events = ended.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, any>);
  const types = events.map(({ type }) => type as string);
  expect(types).toEqual(['cluster', ...Array<string>(7).fill('check'), 'report']);
  const report = events.at(-1)!;
  expect(report).toMatchObject({ type: 'report', passed: 5, failed: 2, skipped: 0 });
  expect(report.checks.flatMap(({ problems }: { problems: string[] }) => problems)).toEqual([
    'there is no database of the hub: none begins with backstage_plugin_',
    'there is no database backstage_plugin_orchestrator',
    'there is no database rhdh-ls',
    'nobody is connected to a database of the hub with its user',
  ]);
});

test('an object that somebody changed, plugins that were turned back and a workload on the local database are found', async () => {
  const { client } = cluster;
  const { namespace } = scene;
  await client.merge(
    { apiVersion: 'v1', kind: 'ConfigMap', name: 'dynamic-plugins-rhdh', namespace },
    { data: { 'dynamic-plugins.yaml': 'plugins: []\n' } },
  );
  await client.apply({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'greeting', namespace },
    spec: {
      replicas: 0,
      selector: { matchLabels: { app: 'greeting' } },
      template: {
        metadata: { labels: { app: 'greeting' } },
        spec: {
          containers: [
            {
              name: 'workflow',
              image: 'example.com/greeting',
              env: [{ name: 'URL', value: 'jdbc:postgresql://backstage-psql-developer-hub:5432/x' }],
            },
          ],
        },
      },
    },
  });

  const ended = await cli(scene.kubeconfig, 'verify', scene.folder, '--no-job');

  expect(ended.code).toBe(3);
  expect(ended.stdout).toContain('  ConfigMap/dynamic-plugins-rhdh differs from 0400-orchestrator\n');
  expect(ended.stdout).toContain('  ConfigMap/dynamic-plugins-rhdh is not what 0400-orchestrator says\n');
  expect(ended.stdout).toContain(
    '  Deployment/greeting has Service/backstage-psql-developer-hub in its variable URL\n',
  );
  expect(ended.stdout).toContain('skipped: server: not asked, as --no-job says\n');
  await client.delete({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'greeting', namespace });
  expect(await cli(scene.kubeconfig, 'apply', scene.folder, '--yes', '--force-conflicts')).toMatchObject({
    code: 0,
  });
});

test('a hub in schema mode is looked for in its one database', async () => {
  const variable = (name: string, value: string) =>
    `        - name: APP_CONFIG_backend_database_${name}\n          value: ${value}\n`;
  const mode = variable('pluginDivisionMode', 'schema') + variable('connection_database', 'rhdh');
  const first = '        - name: LOG_LEVEL\n';
  scene.edit('0200-backstage.k8s.yaml', (text) => text.replace(first, mode + first));
  expect(await cli(scene.kubeconfig, 'apply', scene.folder, '--yes')).toMatchObject({ code: 0 });
  const databases = ['backstage_plugin_orchestrator', 'rhdh', 'rhdh-ls'];
  const connections = [{ database: 'rhdh', address: '192.0.2.9', ssl: false, count: 3 }];
  await answering({ databases, database: 'rhdh', schemas: ['auth', 'catalog', 'public'], connections });

  const ended = await cli(scene.kubeconfig, 'verify', scene.folder);

  expect(ended.stdout).toContain(
    'passed: server-databases of Backstage/developer-hub: 1 of the hub with 2 schemas, and backstage_plugin_orchestrator, rhdh-ls\n',
  );
  expect(ended.stdout).toContain(
    'passed: hub-connected of Backstage/developer-hub: 1 databases with 3 connections\n',
  );
  expect(ended.code).toBe(0);
  scene.edit('0200-backstage.k8s.yaml', (text) => text.replace(mode, ''));
  expect(await cli(scene.kubeconfig, 'apply', scene.folder, '--yes')).toMatchObject({ code: 0 });
});

test('Ctrl-C while the Job runs deletes it', async () => {
  const quota = {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'no-pods', namespace: scene.namespace },
    spec: { hard: { pods: '0' } },
  };
  await cluster.client.apply(quota);
  const verify = new Run(scene.kubeconfig, ['verify', scene.folder]);
  await cluster.until('the Job is there', async () => (await verifyJobs()).length === 1);

  verify.kill('SIGINT');

  expect(await verify.ended).toMatchObject({ code: 130 });
  await cluster.until('the Job is gone', async () => (await verifyJobs()).length === 0);
  await cluster.client.delete({ ...quota, name: 'no-pods', namespace: scene.namespace });
});

test('who may not create Jobs is told so, and gets the other checks', async () => {
  const reader = await cluster.kubeconfigOf(scene.namespace, 'reader', [
    { apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list', 'watch', 'patch'] },
  ]);
  const ended = await cli(reader, 'verify', scene.folder);
  expect(ended.code).toBe(3);
  expect(ended.stdout).toContain('failed: server of Backstage/developer-hub: 1 problem\n');
  expect(ended.stdout).toMatch(/jobs\.batch is forbidden: User "\S+" cannot create resource "jobs"/);
  expect(ended.stdout).toMatch(/\n4 checks passed, 1 failed\n$/);
});
