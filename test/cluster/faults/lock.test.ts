import { Cluster } from '../cluster';
import { cli } from './cli';
import { configMap, deployment } from './objects';
import { FaultProxy, statusOf } from './proxy';
import { Scene } from './scene';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
});
afterAll(() => cluster.close());

/** A lock that another machine took and renewed last so many seconds ago. */
async function lockOfAnotherMachine(secondsAgo: number): Promise<Scene> {
  const scene = await Scene.open(cluster, { operators: false });
  scene.write('0000-settings.yaml', configMap('settings', { key: 'value' }));
  const time = new Date(Date.now() - secondsAgo * 1000).toISOString().replace('Z', '000Z');
  await cluster.client.create({
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: {
      name: 'cdk8s-rhdh',
      namespace: scene.namespace,
      annotations: { 'cdk8s-rhdh/process': 'elsewhere pid:[4026531836] 1' },
    },
    spec: {
      holderIdentity: 'alice@elsewhere (process 1)',
      leaseDurationSeconds: 30,
      acquireTime: time,
      renewTime: time,
    },
  });
  return scene;
}

test('the lock of a holder on another machine that was killed expires', async () => {
  const scene = await lockOfAnotherMachine(31);
  expect(await cli(scene.kubeconfig, 'apply', scene.folder, '--yes')).toMatchObject({ code: 0 });
  expect(await scene.read('coordination.k8s.io/v1', 'Lease', 'cdk8s-rhdh')).toBeUndefined();
});

test('a lock that another machine holds is not taken, and its holder is named', async () => {
  const scene = await lockOfAnotherMachine(-3600);
  const ended = await cli(scene.kubeconfig, 'apply', scene.folder, '--yes');
  expect(ended.code).toBe(5);
  expect(ended.output).toContain(
    `alice@elsewhere (process 1) is rolling out into the namespace ${scene.namespace}.`,
  );
  expect(await scene.read('v1', 'ConfigMap', 'settings')).toBeUndefined();
});

test('a holder that cannot renew its lock writes nothing more, and says so', async () => {
  const scene = await Scene.open(cluster, { operators: false });
  scene.write('0000-hub.yaml', deployment('hub', undefined, '50s'));
  scene.write('0100-settings.yaml', configMap('settings', { key: 'value' }));
  const proxy = await FaultProxy.start(cluster);
  proxy.fault = ({ method, url }) =>
    method === 'PUT' && url.includes('/leases/')
      ? { status: 403, body: statusOf(403, 'Forbidden') }
      : undefined;
  const kubeconfig = cluster.kubeconfigFor({ namespace: scene.namespace, server: proxy.server });

  const ended = await cli(kubeconfig, 'apply', scene.folder, '--yes');

  expect(ended.code).toBe(1);
  expect(ended.stderr).toContain('the lock was lost: it could not be renewed in time');
  expect(await scene.read('v1', 'ConfigMap', 'settings')).toBeUndefined();
  await proxy.stop();
});
