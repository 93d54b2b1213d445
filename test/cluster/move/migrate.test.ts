import { Cluster } from '../cluster';
import { MoveScene } from './move-scene';
import { sourceSecret } from './move-bundles';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
});
afterEach(() => MoveScene.closeAll());
afterAll(() => cluster.close());

const everythingDone = ['target', 'preflight', 'keep', 'stop', 'fence', 'copy', 'switch', 'check'].map(
  (step) => `${step} done`,
);

test.each(['1.7', '1.8', '1.9', '1.10'] as const)(
  'a hub of RHDH %s is moved with everything around it',
  async (release) => {
    const scene = await MoveScene.open(cluster, { release });
    const secret = await scene.read('v1', 'Secret', sourceSecret);

    await scene.succeed('migrate', '--yes', '--force-conflicts', '--prove', 'sample');
    expect(await scene.steps()).toEqual(everythingDone);
    expect(scene.commands).toEqual(['preflight', 'fence', 'copy by a sample', 'sessions']);
    expect((await scene.hub())!.spec.database).toEqual({ enableLocalDb: false });
    expect((await scene.hub())!.spec.deployment).toBeUndefined();
    await scene.untilRunning();
    const kept = await scene.read('v1', 'Secret', 'cdk8s-rhdh-move-kept');
    expect(Object.keys(kept!.data)).toEqual(['kept.json.gz']);
    expect((await scene.read('v1', 'Secret', sourceSecret))?.data).toEqual(
      release === '1.10' ? secret!.data : undefined,
    );
    await scene.succeed('plan');
    await scene.succeed('status');
    await scene.succeed('apply');
  },
);
