import { withCluster } from '../../../lib/cli/run/session';
import { readDirectory } from '../../../lib/rollout/bundles/read-directory';
import { locateMove, underMoveLock } from '../../../lib/rollout/move/migrate';
import { writeMove } from '../../../lib/rollout/move/state';
import { Cluster } from '../cluster';
import { MoveScene } from './move-scene';
import { hub } from './move-bundles';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
});
afterEach(() => MoveScene.closeAll());
afterAll(() => cluster.close());

test('Who waited for the lock while somebody else went on with the move does not go on from what he had read', async () => {
  const scene = await MoveScene.open(cluster);
  await withCluster({ kubeconfig: scene.kubeconfig } as never, async ({ api }) => {
    const bundles = await readDirectory(scene.folder);
    const options = {
      namespace: scene.namespace,
      namespaceIsExplicit: false,
      createNamespace: false,
      forceConflicts: false,
      discardLocalDatabase: false,
      timeout: 60_000,
      patience: 60_000,
      signal: new AbortController().signal,
      listener: () => undefined,
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
