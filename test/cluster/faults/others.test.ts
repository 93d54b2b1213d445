import { Cluster } from '../cluster';
import { cli, Run } from './cli';
import { backstage, configMap, deployment } from './objects';
import { Scene } from './scene';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
});
afterAll(() => cluster.close());

const applied = (scene: Scene, apiVersion: string, kind: string, name: string) =>
  cluster.until(`${kind} ${name} was applied`, async () => Boolean(await scene.read(apiVersion, kind, name)));

test('an object that somebody deletes while it is waited for ends the apply, which says so; another apply heals it', async () => {
  const scene = await Scene.open(cluster, { operators: false });
  scene.write('0000-hub.yaml', deployment('hub', 'never-ready'));
  const apply = new Run(scene.kubeconfig, ['apply', scene.folder, '--yes']);
  await applied(scene, 'apps/v1', 'Deployment', 'hub');

  await cluster.client.delete({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name: 'hub',
    namespace: scene.namespace,
  });

  const ended = await apply.ended;
  expect(ended.code).toBe(3);
  expect(ended.output).toContain('Deployment/hub');
  expect(ended.output).toContain('deleted');
  scene.write('0000-hub.yaml', deployment('hub'));
  expect(await cli(scene.kubeconfig, 'apply', scene.folder, '--yes')).toMatchObject({ code: 0 });
});

test('a field that somebody else changes while it is waited for is reported, and put right by another apply', async () => {
  const scene = await Scene.open(cluster, { operators: false });
  scene.write('0000-settings.yaml', configMap('settings', { key: 'ours' }), deployment('hub', 'never-ready'));
  const apply = new Run(scene.kubeconfig, ['apply', scene.folder, '--yes', '--timeout', '5s']);
  await applied(scene, 'apps/v1', 'Deployment', 'hub');

  await cluster.client.apply(
    {
      ...configMap('settings', { key: 'theirs' }),
      metadata: { name: 'settings', namespace: scene.namespace },
    },
    'somebody',
  );
  await apply.ended;
  scene.write('0000-settings.yaml', configMap('settings', { key: 'ours' }), deployment('hub'));
  const refused = await cli(scene.kubeconfig, 'apply', scene.folder, '--yes');

  expect(refused.code).toBe(1);
  expect(refused.output).toContain('.data.key');
  expect(refused.output).toContain('"somebody"');
  expect(refused.output).toContain('--force-conflicts');
  expect((await scene.read('v1', 'ConfigMap', 'settings'))!.data).toEqual({ key: 'theirs' });

  expect(await cli(scene.kubeconfig, 'apply', scene.folder, '--yes', '--force-conflicts')).toMatchObject({
    code: 0,
  });
  expect((await scene.read('v1', 'ConfigMap', 'settings'))!.data).toEqual({ key: 'ours' });
});

test('a field of an object that somebody takes over while it is waited for ends the apply, which says who', async () => {
  const scene = await Scene.open(cluster, { operators: false });
  scene.write('0000-hub.yaml', deployment('hub', 'never-ready'));
  const apply = new Run(scene.kubeconfig, ['apply', scene.folder, '--yes']);
  await applied(scene, 'apps/v1', 'Deployment', 'hub');

  const { spec, ...rest } = deployment('hub', 'never-ready');
  const metadata = { name: 'hub', namespace: scene.namespace };
  await cluster.client.apply({ ...rest, metadata, spec: { ...spec, replicas: 2 } }, 'somebody');

  const ended = await apply.ended;
  expect(ended.code).toBe(3);
  expect(ended.output).toContain('Deployment/hub: somebody changed spec.replicas while it was waited for');
});

test('a Secret that is missing is named with its file before anything is written', async () => {
  const scene = await Scene.open(cluster);
  scene.write('0000-settings.yaml', configMap('settings', { key: 'value' }));
  scene.write('0200-hub.yaml', backstage('hub', 'psql'));

  const ended = await cli(scene.kubeconfig, 'apply', scene.folder, '--yes');

  expect(ended.code).toBe(1);
  expect(ended.output).toContain('Secret/psql');
  expect(ended.output).toContain('0200-hub.yaml');
  expect(await scene.read('v1', 'ConfigMap', 'settings')).toBeUndefined();
  await scene.close();
});

test('a Secret that is promised and missing is waited for, and found when it appears', async () => {
  const scene = await Scene.open(cluster);
  const promise = configMap('promise', {});
  scene.write('0000-promise.yaml', {
    ...promise,
    metadata: { name: 'promise', annotations: { 'cdk8s-rhdh/provides': 'Secret/psql' } },
  });
  scene.write('0200-hub.yaml', backstage('hub', 'psql'));
  const apply = new Run(scene.kubeconfig, ['apply', scene.folder, '--yes']);
  await cluster.until('the operator has refused', async () => {
    const hub = await scene.read('rhdh.redhat.com/v1alpha4', 'Backstage', 'hub');
    return hub?.status?.conditions?.[0]?.reason === 'DeployFailed';
  });

  await cluster.client.create({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'psql', namespace: scene.namespace },
    stringData: { POSTGRES_HOST: 'psql' },
  });

  expect(await apply.ended).toMatchObject({ code: 0 });
  await scene.close();
});

test('a second apply at the same time is refused and names the first', async () => {
  const scene = await Scene.open(cluster, { operators: false });
  scene.write('0000-hub.yaml', deployment('hub', 'never-ready'));
  const first = new Run(scene.kubeconfig, ['apply', scene.folder, '--yes']);
  await applied(scene, 'apps/v1', 'Deployment', 'hub');

  scene.write('0100-more.yaml', configMap('more', {}));
  const second = await cli(scene.kubeconfig, 'apply', scene.folder, '--yes');

  expect(second.code).toBe(5);
  expect(second.output).toMatch(/\(process \d+\) is rolling out into the namespace/);
  first.kill('SIGINT');
  const ended = await first.ended;
  expect(ended.code).toBe(130);
  expect(ended.output).toContain('cdk8s-rhdh apply');
  expect(await scene.read('coordination.k8s.io/v1', 'Lease', 'cdk8s-rhdh')).toBeUndefined();
});
