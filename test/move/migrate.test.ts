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

/** Rows that were ever written, by any transaction (`pg_stat_database`). */
const rowsWritten =
  "SELECT sum(tup_inserted + tup_updated + tup_deleted) FROM pg_stat_database WHERE datname LIKE 'backstage%'";

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
  const writtenToOld = await scene.sql(localDatabase, rowsWritten);

  const after = await scene.backstage();
  expect(await after.answers()).toEqual(answers);
  expect(await scene.migrations(newDatabase)).toEqual(migrations);
  expect(await after.tasks(token)).toEqual(['template:default/greet']);
  await after.notify('Moved');
  await after.scaffold('new world');
  await after.register('https://example.com/catalog-info.yaml');
  expect(await after.notifications()).toEqual(['Maintenance tonight', 'Moved']);
  const written = [
    await scene.sql(newDatabase, 'SELECT count(*) FROM broadcast', 'backstage_plugin_notifications'),
    await scene.sql(newDatabase, 'SELECT count(*) FROM tasks', 'backstage_plugin_scaffolder'),
    await scene.sql(
      newDatabase,
      "SELECT count(*) FROM locations WHERE type = 'url'",
      'backstage_plugin_catalog',
    ),
  ];
  expect(written).toEqual([['2'], ['2'], ['1']]);
  const [timersAfter] = await scene.sql(newDatabase, timers, orchestrator);
  expect(Number(timersAfter)).toBeGreaterThanOrEqual(Number(timersBefore));
  expect(await scene.sessions(newDatabase)).toEqual(expect.arrayContaining([orchestrator]));
  expect(await scene.sessions(localDatabase)).toEqual([]);
  expect(await scene.sql(localDatabase, rowsWritten)).toEqual(writtenToOld);
  expect(
    await scene.sql(localDatabase, 'SHOW default_transaction_read_only', 'backstage_plugin_catalog'),
  ).toEqual(['on']);
});
