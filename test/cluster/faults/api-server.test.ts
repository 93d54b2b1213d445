import { Cluster } from '../cluster';
import { cli, Run } from './cli';
import { configMap, deployment } from './objects';
import { type Fault, FaultProxy, type Seen, statusOf } from './proxy';
import { Scene } from './scene';

let cluster: Cluster;
let proxy: FaultProxy;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
  proxy = await FaultProxy.start(cluster);
});
afterEach(() => {
  proxy.fault = () => undefined;
});
afterAll(async () => {
  await proxy.stop();
  await cluster.close();
});

async function applyThroughProxy(fault: (request: Seen) => Fault | undefined) {
  const scene = await Scene.open(cluster);
  scene.useDist();
  let spoiled = 0;
  proxy.fault = (request) => {
    const answer = fault(request);
    if (answer) spoiled += 1;
    return answer;
  };
  proxy.seen.splice(0);
  const kubeconfig = cluster.kubeconfigFor({ namespace: scene.namespace, server: proxy.server });
  const ended = await cli(kubeconfig, 'apply', scene.folder, '--yes');
  const hub = await scene.read('apps/v1', 'Deployment', 'backstage-developer-hub');
  await scene.close();
  return { ...ended, spoiled, available: hub?.status?.availableReplicas as number | undefined };
}

/** Spoils every n-th request that `which` names. */
function every(n: number, fault: Fault, which: (request: Seen) => boolean = () => true) {
  let count = 0;
  return (request: Seen) => (which(request) && ++count % n === 0 ? fault : undefined);
}

test.each<[string, () => (request: Seen) => Fault | undefined]>([
  ['429 with Retry-After', () => every(9, { status: 429, headers: { 'Retry-After': '1' } })],
  ['500', () => every(7, { status: 500 })],
  ['503 with Retry-After', () => every(9, { status: 503, headers: { 'Retry-After': '1' } })],
  ['answers that take 100 ms', () => every(1, { delayMilliseconds: 100 }, ({ watch }) => !watch)],
  ['connections cut before the request arrived', () => every(6, { cut: 'before' })],
  [
    'connections cut after a write was done',
    () => every(4, { cut: 'done' }, ({ method }) => method !== 'GET'),
  ],
  ['watches that are cut', () => every(1, { cut: 400 }, ({ watch }) => watch)],
  [
    'watches that have expired',
    () => every(2, { status: 410, body: statusOf(410, 'Expired') }, ({ watch }) => watch),
  ],
])('%s do not stop an apply', async (_, fault) => {
  const ended = await applyThroughProxy(fault());
  expect(ended).toMatchObject({ code: 0, available: 1 });
  expect(ended.spoiled).toBeGreaterThan(1);
});

test('an API server that is killed in the middle and comes back does not stop an apply', async () => {
  const own = await Cluster.start();
  try {
    const scene = await Scene.open(own);
    scene.useDist();
    const apply = new Run(scene.kubeconfig, ['apply', scene.folder, '--yes']);
    await own.until('the hub was applied', async () =>
      Boolean(await scene.read('rhdh.redhat.com/v1alpha4', 'Backstage', 'developer-hub')),
    );

    await own.plane.processes.kill('kube-apiserver', 'SIGKILL');
    await own.plane.startApiServer();

    expect(await apply.ended).toMatchObject({ code: 0 });
    await scene.close();
  } finally {
    await own.close();
  }
});

test('an API server that cannot be reached is named, and nothing is waited for', async () => {
  const scene = await Scene.open(cluster, { operators: false });
  scene.write('0000-settings.yaml', configMap('settings', { key: 'value' }));
  const kubeconfig = cluster.kubeconfigFor({ namespace: scene.namespace, server: 'https://127.0.0.1:1' });

  const ended = await cli(kubeconfig, 'apply', scene.folder, '--yes');

  expect(ended.code).toBe(1);
  expect(ended.stderr).toContain('https://127.0.0.1:1');
  expect(ended.stderr).not.toContain('    at ');
});

test('an answer lost while the lock is renewed does not lose the lock', async () => {
  const scene = await Scene.open(cluster, { operators: false });
  scene.write('0000-hub.yaml', deployment('hub', undefined, '14s'));
  let cuts = 0;
  proxy.fault = ({ method, url }) =>
    method === 'PUT' && url.includes('/leases/') && ++cuts === 1 ? { cut: 'done' } : undefined;
  const kubeconfig = cluster.kubeconfigFor({ namespace: scene.namespace, server: proxy.server });

  expect(await cli(kubeconfig, 'apply', scene.folder, '--yes')).toMatchObject({ code: 0 });
  expect(cuts).toBeGreaterThan(0);
});
