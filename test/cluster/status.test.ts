import { Cluster } from './cluster';
import { cli, Run } from './faults/cli';
import { configMap, deployment } from './faults/objects';
import { Scene } from './faults/scene';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
});
afterAll(() => cluster.close());

test('before an apply everything is missing; afterwards everything is ready, and exit codes say so', async () => {
  const scene = await Scene.open(cluster);
  scene.useDist();

  const before = await cli(scene.kubeconfig, 'status', scene.folder);
  expect(before.code).toBe(3);
  expect(before.stdout).toContain('0200-backstage: not ready\n');
  expect(before.stdout).toContain('  Backstage/developer-hub missing: it does not exist\n');

  expect(await cli(scene.kubeconfig, 'apply', scene.folder, '--yes')).toMatchObject({ code: 0 });
  const after = await cli(scene.kubeconfig, 'status', scene.folder);
  expect(after).toMatchObject({ code: 0, stderr: '' });
  expect(after.stdout).toContain(
    '  ConfigMap/dynamic-plugins-rhdh replaced: 0400-orchestrator has replaced it\n',
  );
  expect(after.stdout).toContain(
    '  SonataFlowPlatform/sonataflow-platform ready: its services are available\n',
  );
  expect(after.stdout).toMatch(/the rollout has reached 0400-orchestrator\n$/);

  const json = await cli(scene.kubeconfig, 'status', scene.folder, '--output', 'json');
  const events = json.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(events.map(({ type, stage, ready }) => [type, stage, ready])).toEqual([
    ['cluster', undefined, undefined],
    ['status', '0000-postgres', true],
    ['status', '0200-backstage', true],
    ['status', '0300-sonataflow', true],
    ['status', '0400-orchestrator', true],
    ['reached', '0400-orchestrator', undefined],
  ]);
  await scene.close();
});

test('a pod that cannot start is told with its reason, and who holds the lock', async () => {
  const scene = await Scene.open(cluster, { operators: false });
  scene.write('0000-hub.yaml', deployment('hub', 'image-pull'));
  const apply = new Run(scene.kubeconfig, ['apply', scene.folder, '--yes']);
  await cluster.until('the apply waits', () => Promise.resolve(apply.output.includes('ImagePullBackOff')));

  const status = await cli(scene.kubeconfig, 'status', scene.folder);

  expect(status.code).toBe(3);
  expect(status.stdout).toMatch(
    /Deployment\/hub waiting: 0 of 1 pods are available; pod hub-\S+, container main: ImagePullBackOff/,
  );
  expect(status.stdout).toMatch(/locked by .+ \(process \d+\)\n/);
  apply.kill('SIGINT');
  await apply.ended;
});

test('with --watch each change is told until Ctrl-C', async () => {
  const scene = await Scene.open(cluster, { operators: false });
  scene.write('0000-settings.yaml', configMap('settings', { key: 'value' }));
  scene.write('0100-hub.yaml', deployment('hub'));
  const watch = new Run(scene.kubeconfig, ['status', scene.folder, '--watch']);
  await cluster.until('it has shown the beginning', () =>
    Promise.resolve(watch.output.includes('Deployment/hub missing')),
  );

  expect(await cli(scene.kubeconfig, 'apply', scene.folder, '--yes')).toMatchObject({ code: 0 });
  await cluster.until('it has shown the end', () =>
    Promise.resolve(watch.output.includes('0100-hub: Deployment/hub ready: 1 of 1 pods are available')),
  );
  watch.kill('SIGINT');

  const ended = await watch.ended;
  expect(ended).toMatchObject({ code: 130, stderr: '' });
  expect(ended.stdout).toContain('0000-settings: ConfigMap/settings ready\n');
  expect(ended.stdout).toContain('the rollout has reached 0100-hub\n');
});

test('a user who may only read sees the status', async () => {
  const scene = await Scene.open(cluster, { operators: false });
  scene.write('0000-settings.yaml', configMap('settings', { key: 'value' }));
  expect(await cli(scene.kubeconfig, 'apply', scene.folder, '--yes')).toMatchObject({ code: 0 });
  const reader = await cluster.kubeconfigOf(scene.namespace, 'reader', [
    { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list', 'watch'] },
  ]);
  expect(await cli(reader, 'status', scene.folder)).toMatchObject({ code: 0, stderr: '' });
});
