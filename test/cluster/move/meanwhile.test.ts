import { inspectOptions, withInterruption } from '../../../cli/run/session';
import { readDirectory } from '../../../cli/rollout/bundles/read-directory';
import { locateMove, underMoveLock } from '../../../cli/rollout/move/migrate';
import { writeMove } from '../../../cli/rollout/state/move-state';
import { Cluster } from '../cluster';
import { MoveScene } from './move-scene';
import { hub } from './move-bundles';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
});
afterEach(() => MoveScene.closeAll());
afterAll(() => cluster.close());

test('who waited for the lock while somebody else went on with the move does not go on from what he had read', async () => {
  const scene = await MoveScene.open(cluster);
  const asked = { kubeconfig: scene.kubeconfig, output: 'json' } as const;
  await withInterruption(asked, undefined, async (session) => {
    const { api, listener, signal } = session;
    const bundles = await readDirectory(scene.folder);
    const options = {
      ...inspectOptions(asked, session),
      timeout: 60_000,
      patience: 60_000,
      signal,
      listener,
    };
    const located = await locateMove(api, bundles, options);
    await writeMove(api, located.home, {
      hub,
      steps: [{ step: 'target', state: 'done', started: '2026-01-01T00:00:00Z' }],
    });
    let worked = false;
    await expect(
      underMoveLock(api, bundles, options, located, async () => {
        worked = true;
        return { outcome: 'done', state: { hub, steps: [] } };
      }),
    ).rejects.toThrow(
      'somebody else went on with the move meanwhile: look at `cdk8s-rhdh status`, and run again',
    );
    expect(worked).toBe(false);
    const again = await locateMove(api, bundles, options);
    await underMoveLock(api, bundles, options, again, async () => {
      worked = true;
      return { outcome: 'done', state: { hub, steps: [] } };
    });
    expect(worked).toBe(true);
  });
});
