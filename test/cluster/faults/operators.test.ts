import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import type { KubernetesObject } from '../client';
import { Cluster } from '../cluster';
import { Chance } from '../operators/chance';
import { cli } from './cli';
import { configMap } from './objects';
import { FaultProxy } from './proxy';
import { Scene } from './scene';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
});
afterAll(() => cluster.close());

test('an operator that answers late is not taken for one that is done', async () => {
  const scene = await Scene.open(cluster, { operatorDelayMilliseconds: 1_500 });
  scene.useDist();
  expect(await cli(scene.kubeconfig, 'apply', scene.folder, '--yes')).toMatchObject({ code: 0 });

  scene.edit('0200-backstage.k8s.yaml', (text) => text.replace('LOG_LEVEL', 'LOG_DETAIL'));
  const plugins = '0400-orchestrator.k8s.yaml';
  scene.edit(plugins, (text) => text.replace(/( +)- dynamic-plugins.default.yaml\n/, '$&$1- changed.yaml\n'));
  expect(await cli(scene.kubeconfig, 'apply', scene.folder, '--yes')).toMatchObject({ code: 0 });

  const hub = (await scene.read('apps/v1', 'Deployment', 'backstage-developer-hub'))!;
  const env: { name: string }[] = hub.spec.template.spec.containers[0].env;
  expect(env.map(({ name }) => name)).toContain('LOG_DETAIL');
  expect(hub.status.observedGeneration).toBe(hub.metadata.generation);
  expect(hub.status.updatedReplicas).toBe(hub.spec.replicas);
  const merged = (await scene.read('v1', 'ConfigMap', 'backstage-dynamic-plugins-developer-hub'))!;
  expect(merged.data['dynamic-plugins.yaml']).toContain('changed.yaml');
  await scene.close();
});

// 1.9 writes the hub in a newer version than the bundles.
test.each(['1.8', '1.9'] as const)(
  'a ConfigMap that was deleted and made again is heard of by RHDH %s, once the operator is made to look again',
  async (release) => {
    const scene = await Scene.open(cluster, { release });
    scene.useDist();
    expect(await cli(scene.kubeconfig, 'apply', scene.folder, '--yes')).toMatchObject({ code: 0 });
    const name = 'dynamic-plugins-rhdh';
    await scene.operatorsRest();
    await cluster.client.delete({ apiVersion: 'v1', kind: 'ConfigMap', name, namespace: scene.namespace });
    scene.edit('0400-orchestrator.k8s.yaml', (text) => text.replace('disabled: false', 'disabled: true'));

    const ended = await cli(scene.kubeconfig, 'apply', scene.folder, '--yes');

    expect(`${ended.code} ${ended.output}`).toMatch(/^0 /);
    expect(ended.output).toContain(
      'Backstage/developer-hub: its operator may have overlooked a change; ' +
        'the annotation cdk8s-rhdh/looked-at-again makes it look again\n',
    );
    const hub = (await scene.read('rhdh.redhat.com/v1alpha4', 'Backstage', 'developer-hub'))!;
    expect(hub.metadata.annotations).toHaveProperty('cdk8s-rhdh/looked-at-again');
    expect(hub.metadata.managedFields?.map(({ manager }) => manager)).toContain('cdk8s-rhdh');
    expect(await cli(scene.kubeconfig, 'plan', scene.folder)).toMatchObject({ code: 0 });
    await scene.close();
  },
);

test('an apply that has nothing left to write makes the operator look again as well', async () => {
  const scene = await Scene.open(cluster);
  scene.useDist();
  expect(await cli(scene.kubeconfig, 'apply', scene.folder, '--yes')).toMatchObject({ code: 0 });
  await scene.operatorsRest();
  scene.edit('0400-orchestrator.k8s.yaml', (text) => text.replace('disabled: false', 'disabled: true'));
  const plugins = parse(
    readFileSync(join(scene.folder, '0400-orchestrator.k8s.yaml'), 'utf8'),
  ) as KubernetesObject;
  const { apiVersion, kind, metadata } = plugins;
  await cluster.client.delete({ apiVersion, kind, name: metadata.name, namespace: scene.namespace });
  // Whoever is told of the deletion once the object is there again finds a change.
  await scene.operatorsRest();
  await cluster.client.apply(plugins, 'cdk8s-rhdh');

  const ended = await cli(scene.kubeconfig, 'apply', scene.folder, '--yes');

  expect(`${ended.code} ${ended.output}`).toMatch(/^0 /);
  expect(ended.output).not.toMatch(/ (created|changed|adopted|replaced)$/m);
  expect(ended.output).toContain('the annotation cdk8s-rhdh/looked-at-again makes it look again\n');
  await scene.close();
});

/** Works at a platform for a second, so that who writes a moment after an event writes in the middle of it. */
class Slow extends Chance {
  override async pause(): Promise<void> {
    await sleep(1_000);
  }
}

test('a change of a platform that its operator puts back is written again until it stays', async () => {
  const proxy = await FaultProxy.start(cluster);
  const scene = await Scene.open(cluster, { chance: new Slow(1) });
  scene.useDist();
  expect(await cli(scene.kubeconfig, 'apply', scene.folder, '--yes')).toMatchObject({ code: 0 });
  const platform = { apiVersion: 'sonataflow.org/v1alpha08', kind: 'SonataFlowPlatform' };
  const reference = { ...platform, name: 'sonataflow-platform', namespace: scene.namespace };
  let events = 0;
  proxy.fault = ({ method, url }) => {
    const isWrite = method === 'PATCH' && url.includes('/sonataflowplatforms/') && !url.includes('dryRun');
    if (!isWrite || events === 2) return undefined;
    const annotations = { event: `${++events}` };
    void cluster.client.merge(reference, { metadata: { annotations } });
    return { delayMilliseconds: 500 };
  };
  scene.edit('0300-sonataflow.k8s.yaml', (text) =>
    text.replace('dataIndex:\n', 'dataIndex:\n      podTemplate: { replicas: 2 }\n'),
  );

  const kubeconfig = cluster.kubeconfigFor({ namespace: scene.namespace, server: proxy.server });
  const ended = await cli(kubeconfig, 'apply', scene.folder, '--yes');

  expect(`${ended.code} ${ended.output}`).toMatch(/^0 /);
  const again =
    'SonataFlowPlatform/sonataflow-platform: its operator put back what it had read before, so it is written again\n';
  expect(ended.output.split(again).length - 1).toBeGreaterThanOrEqual(2);
  const live = (await cluster.client.read(reference))!;
  expect(live.spec.services.dataIndex.podTemplate.replicas).toBe(2);
  await scene.close();
  await proxy.stop();
});

test('an operator that does not run is asked for when the time is over', async () => {
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

test('a version that is not served is refused with the versions that are', async () => {
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

test('an operator that is not installed is named with its kinds before anything is written', async () => {
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
