import type { KubernetesObject } from './client';
import { Cluster } from './cluster';
import { cli } from './faults/cli';
import { Scene } from './faults/scene';
import { plugins } from './move/move-bundles';
import { MoveScene } from './move/move-scene';
import { Chance } from './operators/chance';
import type { OperatorRelease } from './operators/releases';

/**
 * Every command against operators that write back what they read, read from caches that are behind, forget events, answer
 * late or twice, and are killed in the middle, each round with other chances. `ROUNDS` says how many; the seed of a round that failed is in its title, and
 * `TEST_SEED=<seed> ROUNDS=1` runs it again.
 */
const first = Number(process.env.TEST_SEED ?? 1);
const seeds = Array.from({ length: Number(process.env.ROUNDS ?? 2) }, (_, round) => first + round);
const releases: readonly OperatorRelease[] = ['1.8', '1.9', '1.10', '2.0'];
const lapses = { staleOneIn: 4, killedOneIn: 30, twiceOneIn: 4, latestMilliseconds: 1_000 };
const patience = 600_000;

let cluster: Cluster;
let scene: Scene | undefined;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
});
afterEach(async () => {
  await MoveScene.closeAll();
  await scene?.close();
  scene = undefined;
});
afterAll(() => cluster.close());

const platformOf = (move: MoveScene) =>
  move.read('sonataflow.org/v1alpha08', 'SonataFlowPlatform', 'sonataflow-platform');

test.each(seeds)(
  'Seed %i: a hub moves, its bundles are applied once more, and it goes back',
  async (seed) => {
    const chance = new Chance(seed);
    const release = releases[Math.floor(chance.next() * releases.length)];
    const move = await MoveScene.open(cluster, { release, chance, lapses });
    const former = await move.former();

    await move.succeed('migrate', '--yes', '--force-conflicts');
    await move.untilRunning();
    expectBundlesOwn(await platformOf(move));
    expectBundlesOwn(
      await move.read('networking.k8s.io/v1', 'NetworkPolicy', 'allow-external-communication'),
    );

    const changed = plugins(release, ', dependencies: [{}], pluginConfig: { round: 2 }');
    move.change('0200-backstage.yaml', (objects) => [changed, ...objects.slice(1)]);
    move.change('0300-sonataflow.yaml', ([policy, job, platform]) => [
      policy,
      job,
      withTwoDataIndexes(platform),
    ]);
    await move.succeed('apply', '--yes');
    const { dataIndex } = (await platformOf(move))!.spec.services;
    expect(dataIndex.podTemplate.replicas).toBe(2);
    expect(await move.succeed('plan')).toMatch(/^\d+ to leave$/m);

    await move.succeed('rollback', '--yes');
    expect(await move.former()).toEqual(former);
    await move.untilRunning();
  },
  patience,
);

test.each(seeds)(
  'Seed %i: the lab is applied twice, heals after its plugins were deleted, and is destroyed',
  async (seed) => {
    const chance = new Chance(seed);
    scene = await Scene.open(cluster, { chance, lapses });
    scene.useDist();
    const run = async (command: string, ...options: string[]) => {
      const { code, output } = await cli(scene!.kubeconfig, command, scene!.folder, ...options);
      if (code !== 0) throw new Error(`${command} ended with ${code}:\n${output}`);
      return output;
    };
    await run('apply', '--yes');
    expect(await run('apply', '--yes')).not.toMatch(/ (created|changed|adopted|replaced)$/m);

    const name = 'dynamic-plugins-rhdh';
    await cluster.client.delete({ apiVersion: 'v1', kind: 'ConfigMap', name, namespace: scene.namespace });
    scene.edit('0400-orchestrator.k8s.yaml', (text) => text.replace('includes:', 'includes: # changed'));
    await run('apply', '--yes');
    expect(await run('plan')).toMatch(/^\d+ to leave$/m);

    await run('destroy', '--yes');
    expect(await scene.read('rhdh.redhat.com/v1alpha4', 'Backstage', 'developer-hub')).toBeUndefined();
  },
  patience,
);

/** The RHDH operator has no part in an object any more: deleting the hub leaves it where it is. */
function expectBundlesOwn(object: KubernetesObject | undefined): void {
  expect(object!.metadata.ownerReferences ?? []).toEqual([]);
  const managers = (object!.metadata.managedFields ?? []).map(({ manager }) => manager);
  expect(managers).not.toContain('backstage-controller');
  expect(managers).toContain('cdk8s-rhdh');
}

function withTwoDataIndexes(platform: KubernetesObject): KubernetesObject {
  const { dataIndex, ...others } = platform.spec.services;
  const services = { ...others, dataIndex: { ...dataIndex, podTemplate: { replicas: 2 } } };
  return { ...platform, spec: { ...platform.spec, services } };
}
