import { Cluster } from '../cluster';
import { cli } from './cli';
import { configMap } from './objects';
import { Scene } from './scene';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
});
afterAll(() => cluster.close());

test('An operator that answers late is not taken for one that is done', async () => {
  const scene = await Scene.open(cluster, { operatorDelayMilliseconds: 1_500 });
  scene.useDist();
  expect(await cli(scene.kubeconfig, 'apply', scene.folder, '--yes')).toMatchObject({ code: 0 });

  scene.edit('0200-backstage.k8s.yaml', (text) => text.replace('LOG_LEVEL', 'LOG_DETAIL'));
  const plugins = '0400-orchestrator.k8s.yaml';
  scene.edit(plugins, (text) => text.replace('includes:', 'includes: # changed'));
  expect(await cli(scene.kubeconfig, 'apply', scene.folder, '--yes')).toMatchObject({ code: 0 });

  const hub = (await scene.read('apps/v1', 'Deployment', 'backstage-developer-hub'))!;
  const env: { name: string }[] = hub.spec.template.spec.containers[0].env;
  expect(env.map(({ name }) => name)).toContain('LOG_DETAIL');
  expect(hub.status.observedGeneration).toBe(hub.metadata.generation);
  expect(hub.status.updatedReplicas).toBe(hub.spec.replicas);
  const merged = (await scene.read('v1', 'ConfigMap', 'backstage-dynamic-plugins-developer-hub'))!;
  expect(merged.data['dynamic-plugins.yaml']).toContain('# changed');
  await scene.close();
});

test('An operator that does not run is asked for when the time is over', async () => {
  const scene = await Scene.open(cluster, { operators: false });
  const spec = { database: { enableLocalDb: false } };
  scene.write('0200-hub.yaml', {
    apiVersion: 'rhdh.redhat.com/v1alpha4',
    kind: 'Backstage',
    metadata: { name: 'hub' },
    spec,
  });

  const ended = await cli(scene.kubeconfig, 'apply', scene.folder, '--yes', '--timeout', '3s');

  expect(ended.code).toBe(4);
  expect(ended.output).toContain('is the RHDH operator running?');
});

test('A version that is not served is refused with the versions that are', async () => {
  const scene = await Scene.open(cluster, { operators: false });
  scene.write('0000-settings.yaml', configMap('settings', { key: 'value' }));
  scene.write('0200-hub.yaml', {
    apiVersion: 'rhdh.redhat.com/v1alpha9',
    kind: 'Backstage',
    metadata: { name: 'hub' },
  });

  const ended = await cli(scene.kubeconfig, 'apply', scene.folder, '--yes');

  expect(ended.code).toBe(1);
  expect(ended.output).toContain('v1alpha9');
  expect(ended.output).toContain('v1alpha4');
  expect(await scene.read('v1', 'ConfigMap', 'settings')).toBeUndefined();
});

test('An operator that is not installed is named with its kinds before anything is written', async () => {
  const own = await Cluster.start();
  try {
    const scene = await Scene.open(own, { operators: false });
    scene.useDist();
    for (const name of ['backstages.rhdh.redhat.com', 'sonataflowplatforms.sonataflow.org']) {
      await own.client.delete({
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        name,
      });
    }
    await own.until('the kinds are gone', async () => {
      const groups = await own.client.call('GET', '/apis');
      const names = (groups.groups as { name: string }[]).map(({ name }) => name);
      return !names.includes('rhdh.redhat.com');
    });

    const ended = await cli(scene.kubeconfig, 'apply', scene.folder, '--yes');

    expect(ended.code).toBe(1);
    expect(ended.output).toContain('Red Hat Developer Hub');
    expect(ended.output).toContain('SonataFlowPlatform');
    expect(await scene.read('apps/v1', 'StatefulSet', 'my-backstage-psql-developer-hub')).toBeUndefined();
  } finally {
    await own.close();
  }
});
