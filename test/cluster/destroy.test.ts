import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from './client';
import { Cluster } from './cluster';
import { cli, Run } from './faults/cli';
import { backstage, configMap, deployment, workflow } from './faults/objects';
import { FaultProxy } from './faults/proxy';
import { Scene } from './faults/scene';

let cluster: Cluster;
let scene: Scene;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
});
afterEach(() => scene.close());
afterAll(() => cluster.close());

const hubKind = 'rhdh.redhat.com/v1alpha4';
const flowKind = 'sonataflow.org/v1alpha08';

const destroy = (...options: string[]) => cli(scene.kubeconfig, 'destroy', scene.folder, ...options);

/** Names of what is left of some kinds in the scene's namespace. */
async function names(...kinds: [string, string][]): Promise<string[]> {
  const lists = await Promise.all(
    kinds.map(([apiVersion, kind]) => cluster.client.list(apiVersion, kind, scene.namespace)),
  );
  return lists.flat().map(({ kind, metadata }) => `${kind}/${metadata.name}`);
}

const create = (object: KubernetesObject) =>
  cluster.client.create({ ...object, metadata: { ...object.metadata, namespace: scene.namespace } });

/** A hub that runs on the local database, or on another one. */
async function runningHub(enableLocalDb: boolean): Promise<void> {
  const hub = backstage('hub');
  await create({ ...hub, spec: { database: { enableLocalDb } } });
  await cluster.until('the hub is deployed', async () => {
    const live = await scene.read(hubKind, 'Backstage', 'hub');
    return live?.status?.conditions?.[0]?.reason === 'Deployed';
  });
}

/** What `migrate` keeps of a move that has come to a step. */
const move = (...steps: string[]) =>
  create(
    configMap('cdk8s-rhdh-move', {
      'move.json': JSON.stringify({
        hub: 'hub',
        steps: steps.map((step) => ({ step, state: 'done', started: '2024-01-01T00:00:00Z' })),
      }),
    }),
  );

test('the hub of dist/ is named with all that goes with it and all that stays, deleted, and applied again', async () => {
  scene = await Scene.open(cluster);
  scene.useDist();
  const apply = () => cli(scene.kubeconfig, 'apply', scene.folder, '--yes');
  expect(await apply()).toMatchObject({ code: 0 });
  await create(workflow('greeting'));
  await cluster.until('the workflow has its Deployment', async () =>
    Boolean(await scene.read('apps/v1', 'Deployment', 'greeting')),
  );

  const planned = await destroy('--dry-run');
  expect(planned).toMatchObject({ code: 0, stderr: '' });
  const [head, ...lines] = planned.stdout.split('\n').map((line) => line.trim());
  expect(head).toMatch(new RegExp(`^cluster https:.* namespace ${scene.namespace}$`));
  expect(lines).toEqual([
    'hub: 3 objects',
    '- delete Backstage/developer-hub',
    '- delete Deployment/backstage-developer-hub (with Backstage/developer-hub)',
    '- delete ConfigMap/backstage-dynamic-plugins-developer-hub (with Backstage/developer-hub)',
    'workflows: 2 objects',
    '- delete SonataFlow/greeting',
    '- delete Deployment/greeting (with SonataFlow/greeting)',
    'platforms: 7 objects',
    '- delete SonataFlowPlatform/sonataflow-platform',
    '- delete Deployment/sonataflow-platform-data-index-service (with SonataFlowPlatform/sonataflow-platform)',
    '- delete Deployment/sonataflow-platform-jobs-service (with SonataFlowPlatform/sonataflow-platform)',
    '- delete Service/sonataflow-platform-data-index-service (with SonataFlowPlatform/sonataflow-platform)',
    '- delete Service/sonataflow-platform-jobs-service (with SonataFlowPlatform/sonataflow-platform)',
    '- delete ConfigMap/sonataflow-platform-data-index-service-props (with SonataFlowPlatform/sonataflow-platform)',
    '- delete ConfigMap/sonataflow-platform-jobs-service-props (with SonataFlowPlatform/sonataflow-platform)',
    'plugins: 1 object',
    '- delete PersistentVolumeClaim/dynamic-plugins-root',
    'staying: 22 objects',
    'leave PersistentVolumeClaim/data-my-backstage-psql-developer-hub-0',
    'leave ConfigMap/app-config-rhdh',
    'leave ConfigMap/dynamic-plugins-rhdh',
    'leave ConfigMap/lightspeed-app-config',
    'leave ConfigMap/rbac-policy',
    'leave ConfigMap/rhdh-techdocs-bucket-claim',
    'leave Secret/gitlab-secrets',
    'leave Secret/rhdh-secrets',
    'leave Secret/rhdh-techdocs-bucket-claim',
    'leave Secret/my-backstage-psql-secret-developer-hub',
    'leave ServiceAccount/generate-my-backstage-psql-secret-developer-hub',
    'leave Role/generate-my-backstage-psql-secret-developer-hub',
    'leave RoleBinding/generate-my-backstage-psql-secret-developer-hub',
    'leave Job/generate-my-backstage-psql-secret-developer-hub',
    'leave StatefulSet/my-backstage-psql-developer-hub',
    'leave Service/my-backstage-psql-developer-hub',
    'leave Job/create-lightspeed-database-developer-hub',
    'leave NetworkPolicy/allow-infra-ns-to-workflow-ns',
    'leave NetworkPolicy/allow-external-communication',
    'leave NetworkPolicy/allow-intra-network',
    'leave NetworkPolicy/allow-monitoring-to-sonataflow-and-workflows',
    'leave Job/create-sonataflow-database-developer-hub',
    '22 to leave, 13 to delete',
    '',
  ]);

  expect(await destroy()).toMatchObject({
    code: 1,
    stderr: 'Nothing was deleted:\n  - nobody can be asked here\n      Look at --dry-run, then say --yes.\n',
  });
  expect(await scene.read(hubKind, 'Backstage', 'developer-hub')).toBeDefined();

  expect(await destroy('--yes')).toMatchObject({ code: 0, stderr: '' });
  expect(
    await names(
      [hubKind, 'Backstage'],
      [flowKind, 'SonataFlowPlatform'],
      [flowKind, 'SonataFlow'],
      ['apps/v1', 'Deployment'],
      ['apps/v1', 'StatefulSet'],
      ['v1', 'PersistentVolumeClaim'],
      ['coordination.k8s.io/v1', 'Lease'],
    ),
  ).toEqual([
    'StatefulSet/my-backstage-psql-developer-hub',
    'PersistentVolumeClaim/data-my-backstage-psql-developer-hub-0',
  ]);

  const proxy = await FaultProxy.start(cluster);
  const kubeconfig = cluster.kubeconfigFor({ namespace: scene.namespace, server: proxy.server });
  const again = await cli(kubeconfig, 'destroy', scene.folder, '--yes');
  expect(again).toMatchObject({ code: 0, stderr: '' });
  expect(again.stdout).toMatch(/^cluster .*\nNothing to delete\.\n$/);
  expect(proxy.writes).toEqual([]);
  await proxy.stop();

  expect(await apply()).toMatchObject({ code: 0 });
});

test('a hub on the local database is refused, unless its data is thrown away; the volume stays', async () => {
  scene = await Scene.open(cluster);
  scene.write('0200-hub.yaml', backstage('hub'));
  await runningHub(true);

  expect(await destroy('--yes')).toMatchObject({ code: 1 });
  expect((await destroy('--dry-run')).stdout).toContain(
    `error: Backstage/hub uses the operator's local database (StatefulSet/backstage-psql-hub), and nothing of it was moved: ` +
      'its Secret would be deleted with the hub, and only the volume would stay\n' +
      '      Move it with `cdk8s-rhdh migrate`, or throw its data away: --discard-local-database.\n',
  );
  expect(await scene.read('v1', 'Secret', 'backstage-psql-secret-hub')).toBeDefined();

  const ended = await destroy('--yes', '--discard-local-database');
  expect(ended).toMatchObject({ code: 0 });
  expect(ended.stdout).toContain(
    '  - delete Secret/backstage-psql-secret-hub (with Backstage/hub)\nstaying: 1 object\n    leave PersistentVolumeClaim/data-backstage-psql-hub-0\n',
  );
  expect(await names(['v1', 'Secret'], ['apps/v1', 'StatefulSet'], ['v1', 'PersistentVolumeClaim'])).toEqual(
    expect.not.arrayContaining(['Secret/backstage-psql-secret-hub', 'StatefulSet/backstage-psql-hub']),
  );
  expect(await names(['v1', 'PersistentVolumeClaim'])).toEqual([
    'PersistentVolumeClaim/data-backstage-psql-hub-0',
  ]);
});

test.each<[string, string[], boolean, string | undefined]>([
  ['moved', ['preflight', 'stop', 'copy', 'switch', 'check'], false, undefined],
  ['only looked at so far', ['preflight'], false, 'still has its former local database'],
  ['stopped for its move', ['preflight', 'stop'], false, 'the move of its databases is not finished'],
  ['moved, and back on the local database', ['stop', 'switch', 'check'], true, 'nothing of it was moved'],
])('a hub whose old database is still there and that was %s', async (_, steps, enableLocalDb, refusal) => {
  scene = await Scene.open(cluster, { release: '1.10' });
  scene.write('0200-hub.yaml', backstage('hub'));
  await runningHub(true);
  if (!enableLocalDb) {
    const hub = { apiVersion: hubKind, kind: 'Backstage', name: 'hub', namespace: scene.namespace };
    await cluster.client.merge(hub, { spec: { database: { enableLocalDb } } });
  }
  await move(...steps);

  const ended = await destroy('--yes');

  expect(ended.code).toBe(refusal === undefined ? 0 : 1);
  expect(ended.output).toContain(refusal ?? 'hub: gone after');
  expect((await scene.read(hubKind, 'Backstage', 'hub')) === undefined).toBe(refusal === undefined);
});

test('a platform that the operator of the hub would make again is gone for good', async () => {
  scene = await Scene.open(cluster);
  const plugin = '@redhat/backstage-plugin-orchestrator-backend-dynamic@1.8.2';
  await create(configMap('plugins', { 'dynamic-plugins.yaml': `plugins: [{ package: '${plugin}' }]` }));
  const hub = backstage('hub');
  scene.write('0200-hub.yaml', hub);
  await create({ ...hub, spec: { application: { dynamicPluginsConfigMapName: 'plugins' } } });
  await cluster.until('the operator has made a platform', async () =>
    Boolean(await scene.read('apps/v1', 'Deployment', 'sonataflow-platform-jobs-service')),
  );

  expect(await destroy('--yes', '--discard-local-database')).toMatchObject({ code: 0 });

  expect(await names([hubKind, 'Backstage'], [flowKind, 'SonataFlowPlatform'])).toEqual([]);
});

/** Stands in for `helm uninstall`, which deletes what the release made, and fails for a release that is not there. */
function helmOf(kubectl: string): string {
  const folder = cluster.createFolder();
  const script = `#!/bin/sh
[ "$1" = version ] && exit 0
[ "$*" = "uninstall greeting-release --namespace ${scene.namespace}" ] || { echo "Error: unexpected: $*" >&2; exit 1; }
exec ${kubectl} delete sonataflow greeting --namespace ${scene.namespace}
`;
  writeFileSync(join(folder, 'helm'), script);
  chmodSync(join(folder, 'helm'), 0o755);
  return `${folder}:${process.env.PATH}`;
}

test('a workflow of a Helm release is uninstalled by Helm, or the command is shown', async () => {
  scene = await Scene.open(cluster);
  scene.write('0200-hub.yaml', backstage('hub'));
  await runningHub(false);
  const ofRelease = {
    'meta.helm.sh/release-name': 'greeting-release',
    'meta.helm.sh/release-namespace': scene.namespace,
  };
  await create(workflow('greeting', ofRelease));
  await create(workflow('other'));

  const without = await destroy('--yes');
  expect(without.code).toBe(3);
  expect(without.stdout).toContain(
    `Helm made workflows, and it is not on the PATH. Run:\n  helm uninstall greeting-release --namespace ${scene.namespace}\n`,
  );
  expect(await names([hubKind, 'Backstage'], [flowKind, 'SonataFlow'])).toEqual(['SonataFlow/greeting']);

  const args = ['destroy', scene.folder, '--yes'];
  expect(await new Run(scene.kubeconfig, args, helmOf(cluster.kubectl)).ended).toMatchObject({ code: 0 });
  expect(await names([flowKind, 'SonataFlow'])).toEqual([]);
});

test('another hub of the namespace stays, and is told to lose the platforms', async () => {
  scene = await Scene.open(cluster, { operators: false });
  scene.write('0200-hub.yaml', backstage('hub'));
  await create(backstage('hub'));
  await create(backstage('other'));
  await create({
    apiVersion: flowKind,
    kind: 'SonataFlowPlatform',
    metadata: { name: 'platform' },
    spec: {},
  });

  const ended = await destroy('--yes');

  expect(ended).toMatchObject({ code: 0 });
  expect(ended.stdout).toContain(
    'warning: Backstage/other is in the same namespace, and not in the bundles: it stays, without SonataFlowPlatform/platform\n',
  );
  expect(await names([hubKind, 'Backstage'])).toEqual(['Backstage/other']);
});

test('one event a line is JSON', async () => {
  scene = await Scene.open(cluster, { operators: false });
  scene.write('0200-hub.yaml', backstage('hub'));
  await create(backstage('hub'));

  const ended = await destroy('--yes', '--output', 'json');

  const events = ended.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(events[0]).toMatchObject({ type: 'cluster', namespace: scene.namespace });
  expect(events.slice(1).map(({ time: _time, seconds: _seconds, ...event }) => event)).toEqual([
    { type: 'stage-planned', stage: 'hub', objects: 1 },
    { type: 'planned', stage: 'hub', object: 'Backstage/hub', namespace: scene.namespace, action: 'delete' },
    { type: 'plan', actions: { delete: 1 } },
    { type: 'stage-started', stage: 'hub', objects: 1 },
    { type: 'applied', action: 'delete', stage: 'hub', object: 'Backstage/hub', namespace: scene.namespace },
    { type: 'stage-gone', stage: 'hub' },
  ]);
});

test('while an apply is under way a destroy is refused and names it', async () => {
  scene = await Scene.open(cluster, { operators: false });
  scene.write('0000-hub.yaml', deployment('hub', 'never-ready'), backstage('hub'));
  await create(backstage('hub'));
  const apply = new Run(scene.kubeconfig, ['apply', scene.folder, '--yes']);
  await cluster.until('the apply is under way', async () =>
    Boolean(await scene.read('apps/v1', 'Deployment', 'hub')),
  );

  const ended = await destroy('--yes');

  expect(ended.code).toBe(5);
  expect(ended.output).toMatch(/\(process \d+\) is rolling out into the namespace/);
  expect(await scene.read(hubKind, 'Backstage', 'hub')).toBeDefined();
  apply.kill('SIGINT');
  expect((await apply.ended).code).toBe(130);
});
