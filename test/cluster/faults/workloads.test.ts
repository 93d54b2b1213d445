import { Cluster } from '../cluster';
import { cli } from './cli';
import { configMap, deployment, job, statefulSet } from './objects';
import { Scene } from './scene';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
});
afterAll(() => cluster.close());

test('a Job that fails ends the apply with the last lines of its log, and the next stage is not begun', async () => {
  const scene = await Scene.open(cluster, { operators: false });
  await cluster.writeLogs(scene.namespace, 'main', ['connecting', 'FATAL: password authentication failed']);
  scene.write('0000-copy.yaml', job('copy', 'fail'));
  scene.write('0100-after.yaml', configMap('after', { key: 'value' }));

  const ended = await cli(scene.kubeconfig, 'apply', scene.folder, '--yes');

  expect(ended.code).toBe(3);
  expect(ended.output).toContain('Job/copy');
  expect(ended.output).toContain('FATAL: password authentication failed');
  expect(await scene.read('v1', 'ConfigMap', 'after')).toBeUndefined();
});

test('a failed Job that does not go, because of a finalizer, is named when the time is over; another apply starts it again', async () => {
  const scene = await Scene.open(cluster, { operators: false });
  scene.write('0000-copy.yaml', job('copy', 'fail'));
  expect((await cli(scene.kubeconfig, 'apply', scene.folder, '--yes')).code).toBe(3);
  const reference = { apiVersion: 'batch/v1', kind: 'Job', name: 'copy', namespace: scene.namespace };
  await cluster.client.merge(reference, { metadata: { finalizers: ['example.com/never'] } });
  scene.write('0000-copy.yaml', job('copy'));

  const ended = await cli(scene.kubeconfig, 'apply', scene.folder, '--yes', '--timeout', '3s');

  expect(ended.code).toBe(4);
  expect(ended.output).toContain(
    'Job/copy must be created again, but it is being deleted, and waits for finalizer example.com/never',
  );
  await cluster.client.merge(reference, { metadata: { finalizers: null } });
  expect(await cli(scene.kubeconfig, 'apply', scene.folder, '--yes')).toMatchObject({ code: 0 });
});

test.each([
  ['never-ready', 'main'],
  ['crash-loop', 'CrashLoopBackOff'],
  ['image-pull', 'ImagePullBackOff'],
])('a StatefulSet whose pod is %s ends the apply in time and says why', async (annotation, reason) => {
  const scene = await Scene.open(cluster, { operators: false });
  await cluster.writeLogs(scene.namespace, 'main', ['starting', 'FATAL: data directory has wrong ownership']);
  scene.write('0000-postgres.yaml', statefulSet('psql', annotation));
  scene.write('0100-after.yaml', configMap('after', { key: 'value' }));

  const ended = await cli(scene.kubeconfig, 'apply', scene.folder, '--yes', '--timeout', '5s');

  expect(ended.code).toBeGreaterThanOrEqual(3);
  expect(ended.output).toContain('StatefulSet/psql');
  expect(ended.output).toContain(reason);
  expect(ended.output).toContain(
    annotation === 'image-pull' ? 'example.com/image:1' : 'FATAL: data directory',
  );
  expect(await scene.read('v1', 'ConfigMap', 'after')).toBeUndefined();
});

test('a Deployment that was crashing becomes ready with another apply of the mended bundle', async () => {
  const scene = await Scene.open(cluster, { operators: false });
  scene.write('0000-hub.yaml', deployment('hub', 'crash-loop'));
  expect((await cli(scene.kubeconfig, 'apply', scene.folder, '--yes', '--timeout', '5s')).code).not.toBe(0);
  scene.write('0000-hub.yaml', deployment('hub'));
  expect(await cli(scene.kubeconfig, 'apply', scene.folder, '--yes')).toMatchObject({ code: 0 });
});
