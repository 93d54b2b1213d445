import type { KubernetesObject } from '../client';
import { Cluster } from '../cluster';
import { cli } from './cli';
import { FaultProxy } from './proxy';
import { Scene } from './scene';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
});
afterAll(() => cluster.close());

test('a second apply of the same bundles writes nothing, and turns nothing back that a later bundle replaced', async () => {
  const proxy = await FaultProxy.start(cluster);
  const scene = await Scene.open(cluster);
  scene.useDist();
  const kubeconfig = cluster.kubeconfigFor({ namespace: scene.namespace, server: proxy.server });
  expect(await cli(kubeconfig, 'apply', scene.folder, '--yes')).toMatchObject({ code: 0 });
  expect(await cli(kubeconfig, 'plan', scene.folder)).toMatchObject({ code: 0 });
  const kinds: [string, string][] = [
    ['v1', 'ConfigMap'],
    ['v1', 'Secret'],
    ['v1', 'Service'],
    ['v1', 'PersistentVolumeClaim'],
    ['apps/v1', 'StatefulSet'],
    ['apps/v1', 'Deployment'],
    ['batch/v1', 'Job'],
    ['coordination.k8s.io/v1', 'Lease'],
    ['networking.k8s.io/v1', 'NetworkPolicy'],
    ['rhdh.redhat.com/v1alpha4', 'Backstage'],
    ['sonataflow.org/v1alpha08', 'SonataFlowPlatform'],
  ];
  const versions = async () => {
    const lists = await Promise.all(
      kinds.map(([apiVersion, kind]) => cluster.client.list(apiVersion, kind, scene.namespace)),
    );
    const version = ({ kind, metadata }: KubernetesObject) =>
      `${kind}/${metadata.name} ${metadata.resourceVersion}`;
    return lists.flat().map(version).sort();
  };
  const before = await versions();
  proxy.seen.splice(0);

  expect(await cli(kubeconfig, 'apply', scene.folder, '--yes')).toMatchObject({ code: 0 });

  expect(proxy.seen.length).toBeGreaterThan(0);
  expect(proxy.writes).toEqual([]);
  expect(await versions()).toEqual(before);
  const plugins = (await scene.read('v1', 'ConfigMap', 'dynamic-plugins-rhdh'))!;
  expect(plugins.data['dynamic-plugins.yaml']).toContain('backstage-plugin-orchestrator-backend');
  await scene.close();
  await proxy.stop();
});
