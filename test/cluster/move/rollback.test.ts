import { gunzipSync, gzipSync } from 'node:zlib';
import { Cluster } from '../cluster';
import { Run } from '../faults/cli';
import { MoveScene } from './move-scene';

/** Adds a RoleBinding to what was kept. @returns gives the former content back */
async function spoilKept(scene: MoveScene): Promise<() => Promise<unknown>> {
  const secret = (await scene.read('v1', 'Secret', 'cdk8s-rhdh-move-kept'))!;
  const packed = secret.data['kept.json.gz'] as string;
  const kept = JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString()) as { objects: object[] };
  kept.objects.push({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'intruder', namespace: scene.namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'admin' },
    subjects: [{ kind: 'ServiceAccount', name: 'default', namespace: scene.namespace }],
  });
  const write = (text: string) =>
    cluster.client.merge(
      { apiVersion: 'v1', kind: 'Secret', namespace: scene.namespace, name: 'cdk8s-rhdh-move-kept' },
      { data: { 'kept.json.gz': text } },
    );
  await write(gzipSync(JSON.stringify(kept)).toString('base64'));
  return () => write(packed);
}

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
});
afterEach(() => MoveScene.closeAll());
afterAll(() => cluster.close());

test.each(['1.8', '1.9', '1.10'] as const)(
  'after the switch a hub of RHDH %s goes back to the old server with its old Secret, and moves again',
  async (release) => {
    const table = { database: 'backstage_plugin_catalog', table: 'public.search' };
    const scene = await MoveScene.open(cluster, {
      release,
      hubSpec: { deployment: { patch: { spec: { replicas: 2 } } } },
      answers: {
        written: () => ({ outcome: 'done', written: [{ ...table, inserted: 3, updated: 2, deleted: 1 }] }),
      },
    });
    const former = await scene.former();
    await scene.succeed('migrate', '--yes', '--force-conflicts');

    const asked = await scene.cli('rollback');

    expect(`${asked.code} ${asked.output}`).toMatch(/^1 /);
    expect(asked.output).toContain('Backstage/developer-hub goes back to the old server, with the data of ');
    expect(asked.output).toContain(
      '  backstage_plugin_catalog public.search: 3 rows inserted, 2 changed, 1 deleted',
    );
    expect((await scene.hub())!.spec.database).toEqual({ enableLocalDb: false });

    await scene.succeed('rollback', '--yes');

    expect(await scene.former()).toEqual(former);
    expect(scene.commands.slice(-1)).toEqual(['unfence']);
    await scene.untilRunning();
    expect(new Set((await scene.steps()).map((step) => step.split(' ')[1]))).toEqual(new Set(['undone']));
    expect(await scene.succeed('rollback', '--yes')).toContain('there is nothing to go back from');

    await scene.succeed('migrate', '--yes', '--force-conflicts');
    expect((await scene.hub())!.spec.database).toEqual({ enableLocalDb: false });
  },
);

test('before the switch, after a kill, the copy is ended, everything runs again as before, and nobody can apply meanwhile', async () => {
  const scene = await MoveScene.open(cluster, { answers: { copy: () => new Promise(() => undefined) } });
  const former = await scene.former();
  const killed = new Run(scene.kubeconfig, ['migrate', scene.folder, '--yes', '--force-conflicts']);
  await cluster.until('it copies', async () => scene.commands.includes('copy'));
  const second = await scene.cli('migrate', '--yes');
  killed.kill('SIGKILL');
  await killed.ended;

  expect(second.code).toBe(5);
  expect(second.output).toMatch(/\(process \d+\) is rolling out into the namespace/);
  expect(Object.values(await scene.running()).every((count) => count === 0)).toBe(true);
  const applied = await scene.cli('apply', '--yes', '--force-conflicts');
  expect(applied.code).toBe(1);
  expect(applied.output).toContain('a move of Backstage/developer-hub is under way and has stopped it');
  const destroyed = await scene.cli('destroy', '--yes');
  expect(destroyed.code).toBe(1);
  expect(destroyed.output).toContain('Backstage/developer-hub: the move of its databases is not finished');
  const status = await scene.cli('status');
  expect(status.stdout).toMatch(
    /move, fence: done at 2\S+Z, after [\d.]+ s\nmove, copy: running since 2\S+Z\n/,
  );

  const putBackAsKept = await spoilKept(scene);
  const refused = await scene.cli('rollback', '--yes');
  expect(`${refused.code} ${refused.output}`).toMatch(/^1 /);
  expect(refused.output).not.toContain('end the copy');
  expect(await scene.read('batch/v1', 'Job', 'migrate-databases-developer-hub-copy')).toBeDefined();
  expect(refused.output).toContain('Secret/cdk8s-rhdh-move-kept is not as the move wrote it');
  expect(await scene.read('rbac.authorization.k8s.io/v1', 'RoleBinding', 'intruder')).toBeUndefined();
  await putBackAsKept();

  await scene.succeed('rollback', '--yes');

  expect(await scene.read('batch/v1', 'Job', 'migrate-databases-developer-hub-copy')).toBeUndefined();
  expect(await scene.former()).toEqual(former);
  await scene.untilRunning();
});

test('Ctrl-C while it copies shows the commands that go on and go back; another run follows the same copy', async () => {
  let answer: () => void = () => undefined;
  const proven = new Promise<{ outcome: string }>(
    (resolve) => (answer = () => resolve({ outcome: 'proven' })),
  );
  const scene = await MoveScene.open(cluster, { answers: { copy: () => proven } });
  const run = new Run(scene.kubeconfig, ['migrate', scene.folder, '--yes', '--force-conflicts']);
  await cluster.until('it copies', async () => scene.commands.includes('copy'));

  run.kill('SIGINT');
  const { code, output } = await run.ended;

  expect(code).toBe(130);
  expect(
    output.endsWith(
      'The hub is stopped. Its data is where it was.\n' +
        `To continue: cdk8s-rhdh migrate ${scene.folder} --yes --force-conflicts\n` +
        `To go back: cdk8s-rhdh rollback ${scene.folder} --yes --force-conflicts\n`,
    ),
  ).toBe(true);
  answer();
  await scene.succeed('migrate', '--yes', '--force-conflicts');
  expect(scene.commands).toEqual(['preflight', 'fence', 'copy', 'sessions']);
});

test('a hub that does not come up again is no success, although everything is as before', async () => {
  const scene = await MoveScene.open(cluster, { release: '1.10' });
  const former = await scene.former();
  await scene.succeed('migrate', '--yes', '--force-conflicts');
  // No bundle has it any more, so it stays in the way of the operator's own Job of that name.
  scene.change('0300-sonataflow.yaml', ([policy, , platform]) => [policy, platform]);

  const { code, output } = await scene.cli('rollback', '--yes', '--patience', '5s');

  expect(`${code} ${output}`).toMatch(/^4 /);
  expect(output).toMatch(
    /Why it ended: everything is as before, but not ready in time: Backstage\/developer-hub: the operator refuses it: .*create-sonataflow-database-developer-hub.*\nNothing is left of the move\.\n$/,
  );
  expect(await scene.former()).toEqual(former);
  expect(new Set((await scene.steps()).map((step) => step.split(' ')[1]))).toEqual(new Set(['undone']));
});
