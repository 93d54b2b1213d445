import { Cluster } from '../cluster';
import { cli, type Ended, Run } from './cli';
import { endState } from './end-state';
import { FaultProxy, type Seen } from './proxy';
import { Scene } from './scene';

let cluster: Cluster;
let proxy: FaultProxy;
let undisturbed: Record<string, unknown>;
/** How many requests of an undisturbed apply are counted. */
let requests: number;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
  proxy = await FaultProxy.start(cluster);
  const scene = await Scene.open(cluster);
  scene.useDist();
  const kubeconfig = cluster.kubeconfigFor({ ...scene, server: proxy.server });
  expectReady(await cli(kubeconfig, 'apply', scene.folder, '--yes'));
  requests = proxy.seen.filter(isCounted).length;
  undisturbed = await endState(cluster.client, scene.namespace);
  await scene.close();
});
afterAll(async () => {
  await proxy.stop();
  await cluster.close();
});

/** How often is read, and how often the lock is renewed, depends on how fast the cluster is. */
const isCounted = ({ method, url }: Seen) => method !== 'GET' && !url.includes('/leases');

function expectReady({ code, output }: Ended): void {
  expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
}

/** Pseudo-random numbers from 0 to 1, the same in every run (Park and Miller). */
function* random(seed: number): Generator<number> {
  for (let state = seed; ; yield state / 2147483647) state = (state * 48271) % 2147483647;
}

const numbers = random(20);
const points = Array.from({ length: 20 }, () => ({
  percent: Math.floor((numbers.next().value as number) * 95),
  answered: (numbers.next().value as number) < 0.5,
}));

/** What must survive: an object made before the kill is the same object after it. */
async function identities(namespace: string): Promise<Record<string, string>> {
  const kinds: [string, string][] = [
    ['v1', 'Secret'],
    ['v1', 'PersistentVolumeClaim'],
    ['apps/v1', 'StatefulSet'],
    ['rhdh.redhat.com/v1alpha4', 'Backstage'],
    ['sonataflow.org/v1alpha08', 'SonataFlowPlatform'],
  ];
  const found = await Promise.all(
    kinds.map(([apiVersion, kind]) => cluster.client.list(apiVersion, kind, namespace)),
  );
  return Object.fromEntries(
    found
      .flat()
      .filter(({ metadata }) => !metadata.ownerReferences)
      .map(({ kind, metadata, data }) => [
        `${kind}/${metadata.name}`,
        `${metadata.uid} ${JSON.stringify(data)}`,
      ]),
  );
}

test.each(points)(
  'killed after $percent % of what it sends (the last one answered: $answered) and run again, an apply ends as an undisturbed one',
  async ({ percent, answered }) => {
    const scene = await Scene.open(cluster);
    scene.useDist();
    const kubeconfig = cluster.kubeconfigFor({ ...scene, server: proxy.server });
    const first = new Run(kubeconfig, ['apply', scene.folder, '--yes']);
    let count = 0;
    const at = Math.max(1, Math.ceil((percent / 100) * requests));
    proxy.fault = (request) => {
      if (!isCounted(request) || ++count !== at) return undefined;
      if (answered) {
        setTimeout(() => first.kill('SIGKILL'), 5);
        return undefined;
      }
      first.kill('SIGKILL');
      return { cut: 'before' };
    };
    expect((await first.ended).code).toBeNull();
    proxy.fault = () => undefined;
    const survivors = await identities(scene.namespace);

    expectReady(await cli(kubeconfig, 'apply', scene.folder, '--yes'));

    expect(await endState(cluster.client, scene.namespace)).toEqual(undisturbed);
    expect(await identities(scene.namespace)).toMatchObject(survivors);
    await scene.close();
  },
);
