import { Cluster } from '../cluster';
import { deployment } from '../faults/objects';
import { MoveScene } from '../move/move-scene';
import { sourceSecret } from '../move/move-bundles';
import { Account } from './account';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
});
afterEach(() => MoveScene.closeAll());
afterAll(() => cluster.close());

/** Another client of the old server, which a move stops. */
const neighbour = (() => {
  const { spec, ...rest } = deployment('neighbour');
  const [container] = spec.template.spec.containers as object[];
  const pod = {
    ...spec.template.spec,
    containers: [{ ...container, envFrom: [{ secretRef: { name: sourceSecret } }] }],
  };
  return { ...rest, spec: { ...spec, template: { ...spec.template, spec: pod } } };
})();

test.each([[[]], [['--no-optional']]])(
  'a move there and back needs the rights that are printed for it, %j',
  async (options: string[]) => {
    const scene = await MoveScene.open(cluster, { release: '1.9', neighbours: [neighbour] });
    const migrate = await Account.open(cluster, scene, 'migrate', ...options);
    const there = await migrate.run('--yes', '--force-conflicts');
    const rollback = await Account.open(cluster, scene, 'rollback', ...options);
    const back = await rollback.run('--yes');

    const denied = [...migrate.denied, ...rollback.denied];
    await Promise.all([migrate.close(), rollback.close()]);
    // The neighbour has to be pointed at the new server by hand.
    expect(there.output).toContain('Deployment/neighbour still names the old server');
    expect([there.code, back.code]).toEqual([3, 0]);
    expect(options.length > 0 ? [] : denied).toEqual([]);
  },
);
