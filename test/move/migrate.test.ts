import { Cluster } from '../cluster/cluster';
import { localDatabase, MoveScene, newDatabase } from './move-scene';

let cluster: Cluster;
let scene: MoveScene;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
  // This release leaves the old server where it is, so that it can be looked at after the move.
  scene = await MoveScene.open(cluster, '1.10');
  // The packages of Backstage are installed, and one compiled, when they are not in the cache.
}, 1_200_000);
afterAll(async () => {
  await MoveScene.closeAll();
  await cluster.close();
});

/** Rows of the hub that were ever written to the old server, by any transaction. Autovacuum writes to the catalog alone. */
async function writtenToOldServer(): Promise<string[][]> {
  const databases = await scene.sql(
    localDatabase,
    "SELECT datname FROM pg_database WHERE datname LIKE 'backstage%' ORDER BY 1",
  );
  const written = 'SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_user_tables';
  return Promise.all(databases.map((database) => scene.sql(localDatabase, written, database)));
}

test('a hub with its data moves to another server by one command, and writes there alone', async () => {
  const before = await scene.backstage();
  await cluster.until('the catalog has what its locations say', async () => {
    const names = await before.entityNames();
    return ['greet', 'guests', 'ledger', 'payments'].every((name) => names.includes(name));
  });
  await before.notify('Maintenance tonight');
  await before.scaffold('world');
  const token = await before.signIn();
  const answers = await before.answers();
  const timers = 'SELECT count(*) FROM "sonataflow-platform-jobs-service".job_details';
  const orchestrator = 'backstage_plugin_orchestrator';
  const [timersBefore] = await scene.sql(localDatabase, timers, orchestrator);
  const migrations = await scene.migrations(localDatabase);

  await scene.succeed('migrate', '--yes', '--force-conflicts');
  await scene.untilRunning();
  const written = await writtenToOldServer();
  expect(written.length).toBeGreaterThan(5);

  const after = await scene.backstage();
  expect(await after.answers()).toEqual(answers);
  expect(await scene.migrations(newDatabase)).toEqual(migrations);
  expect(await after.tasks(token)).toEqual(['template:default/greet']);
  await after.notify('Moved');
  await after.scaffold('new world');
  await after.register('https://example.com/catalog-info.yaml');
  expect(await after.notifications()).toEqual(['Maintenance tonight', 'Moved']);
  const writtenToNew = [
    await scene.sql(newDatabase, 'SELECT count(*) FROM broadcast', 'backstage_plugin_notifications'),
    await scene.sql(newDatabase, 'SELECT count(*) FROM tasks', 'backstage_plugin_scaffolder'),
    await scene.sql(
      newDatabase,
      "SELECT count(*) FROM locations WHERE type = 'url'",
      'backstage_plugin_catalog',
    ),
  ];
  expect(writtenToNew).toEqual([['2'], ['2'], ['1']]);
  const [timersAfter] = await scene.sql(newDatabase, timers, orchestrator);
  expect(Number(timersAfter)).toBeGreaterThanOrEqual(Number(timersBefore));
  expect(await scene.sessions(newDatabase)).toEqual(expect.arrayContaining([orchestrator]));
  expect(await scene.sessions(localDatabase)).toEqual([]);
  expect(await writtenToOldServer()).toEqual(written);
  expect(
    await scene.sql(localDatabase, 'SHOW default_transaction_read_only', 'backstage_plugin_catalog'),
  ).toEqual(['on']);
});
