import { Cluster } from '../cluster';
import { cli, Run } from './cli';
import { backstage, workflow } from './objects';
import { FaultProxy } from './proxy';
import { Scene } from './scene';

let cluster: Cluster;
let scene: Scene;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
});
beforeEach(async () => {
  scene = await Scene.open(cluster, { operators: false });
  scene.write('0200-hub.yaml', backstage('hub'));
  const { namespace } = scene;
  await cluster.client.create({ ...backstage('hub'), metadata: { name: 'hub', namespace } });
  const { metadata, ...rest } = workflow('greeting');
  const finalizers = ['example.com/never'];
  await cluster.client.create({ ...rest, metadata: { ...metadata, namespace, finalizers } });
});
afterEach(() => removeFinalizer());
afterAll(() => cluster.close());

const flowKind = 'sonataflow.org/v1alpha08';
const hub = () => scene.read('rhdh.redhat.com/v1alpha4', 'Backstage', 'hub');
const greeting = () => scene.read(flowKind, 'SonataFlow', 'greeting');

async function removeFinalizer(): Promise<void> {
  const reference = {
    apiVersion: flowKind,
    kind: 'SonataFlow',
    name: 'greeting',
    namespace: scene.namespace,
  };
  if (await greeting()) await cluster.client.merge(reference, { metadata: { finalizers: null } });
}

test('a finalizer that never ends is named with its object when the time is over; another destroy goes on', async () => {
  const ended = await cli(scene.kubeconfig, 'destroy', scene.folder, '--yes', '--timeout', '2s');

  expect(ended.code).toBe(4);
  expect(ended.stdout).toContain(
    [
      'workflows: not gone in time',
      '  SonataFlow/greeting: it is being deleted, and waits for finalizer example.com/never',
      '    Its controller removes the finalizer when it has cleaned up: is it running? If it is gone for good: ' +
        `oc patch sonataflow greeting -n ${scene.namespace} --type=merge -p '{"metadata":{"finalizers":null}}'`,
      `To continue: cdk8s-rhdh destroy ${scene.folder} --yes --timeout 2s`,
      '',
    ].join('\n'),
  );
  expect(await hub()).toBeUndefined();
  expect(await scene.read('coordination.k8s.io/v1', 'Lease', 'cdk8s-rhdh')).toBeUndefined();

  await removeFinalizer();
  expect(await cli(scene.kubeconfig, 'destroy', scene.folder, '--yes')).toMatchObject({ code: 0 });
  expect(await greeting()).toBeUndefined();
});

test('Ctrl-C while a destroy waits releases the lock and shows the command that goes on', async () => {
  const first = new Run(scene.kubeconfig, ['destroy', scene.folder, '--yes']);
  await cluster.until('the workflow is being deleted', async () =>
    Boolean((await greeting())?.metadata.deletionTimestamp),
  );

  first.kill('SIGINT');

  const ended = await first.ended;
  expect(ended.code).toBe(130);
  expect(ended.stdout).toContain(`To continue: cdk8s-rhdh destroy ${scene.folder} --yes\n`);
  expect(await scene.read('coordination.k8s.io/v1', 'Lease', 'cdk8s-rhdh')).toBeUndefined();
});

test('killed while it waits, a destroy is run again and ends', async () => {
  const first = new Run(scene.kubeconfig, ['destroy', scene.folder, '--yes']);
  await cluster.until('the workflow is being deleted', async () =>
    Boolean((await greeting())?.metadata.deletionTimestamp),
  );

  first.kill('SIGKILL');
  await first.ended;
  await removeFinalizer();

  expect(await cli(scene.kubeconfig, 'destroy', scene.folder, '--yes')).toMatchObject({ code: 0 });
  expect(await greeting()).toBeUndefined();
});

test('every verb that a destroy may not is reported before anything is deleted', async () => {
  const kubeconfig = await cluster.kubeconfigOf(scene.namespace, 'reader', [
    { apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list', 'watch'] },
  ]);

  const ended = await cli(kubeconfig, 'destroy', scene.folder, '--yes');

  expect(ended.code).toBe(1);
  for (const resource of ['backstages.rhdh.redhat.com hub', 'sonataflows.sonataflow.org']) {
    expect(ended.output).toContain(`you may not delete ${resource} in the namespace ${scene.namespace}`);
  }
  expect(await hub()).toBeDefined();
});

test('an API server that is overloaded or cuts connections does not stop a destroy', async () => {
  await removeFinalizer();
  const proxy = await FaultProxy.start(cluster);
  let requests = 0;
  let spoiled = 0;
  proxy.fault = ({ watch }) => {
    if (watch || ++requests % 4 !== 0) return undefined;
    return ++spoiled % 2 === 0 ? { cut: 'done' } : { status: 429, headers: { 'Retry-After': '1' } };
  };
  const kubeconfig = cluster.kubeconfigFor({ namespace: scene.namespace, server: proxy.server });

  const ended = await cli(kubeconfig, 'destroy', scene.folder, '--yes');
  await proxy.stop();

  expect(ended).toMatchObject({ code: 0 });
  expect(spoiled).toBeGreaterThan(2);
  expect(await hub()).toBeUndefined();
});
