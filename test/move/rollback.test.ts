import { Cluster } from '../cluster/cluster';
import { localDatabase, MoveScene, newDatabase } from './move-scene';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
}, 1_200_000);
afterEach(() => MoveScene.closeAll());
afterAll(() => cluster.close());

const notifications = 'backstage_plugin_notifications';
const content = `SELECT md5(string_agg(n::text, ',' ORDER BY n::text)) FROM broadcast n`;
test('a hub that was moved and wrote goes back, and its old data answers as before', async () => {
  const scene = await MoveScene.open(cluster, '1.8');
  const before = await scene.backstage();
  await cluster.until('the catalog has what its locations say', async () =>
    (await before.entityNames()).includes('payments'),
  );
  await before.notify('Maintenance tonight');
  await before.scaffold('world');
  const answers = await before.answers();
  const rows = await scene.sql(localDatabase, content, notifications);
  await scene.succeed('migrate', '--yes', '--force-conflicts');
  await scene.untilRunning();

  await (await scene.backstage()).notify('Moved');

  expect(await scene.sql(newDatabase, 'SELECT count(*) FROM broadcast', notifications)).toEqual(['2']);
  expect(await scene.exists('apps/v1', 'StatefulSet', localDatabase)).toBe(false);
  const asked = await scene.cli('rollback');
  expect(asked.code).toBe(1);
  expect(asked.output).toContain(
    `  ${notifications} public.broadcast: 1 rows inserted, 0 changed, 0 deleted\n`,
  );

  await scene.succeed('rollback', '--yes');
  await scene.untilRunning();

  const after = await scene.backstage();
  expect(await after.answers()).toEqual(answers);
  expect(await scene.sql(localDatabase, content, notifications)).toEqual(rows);
  await after.notify('Back again');
  expect(await after.notifications()).toEqual(['Back again', 'Maintenance tonight']);
  expect(await scene.sql(newDatabase, 'SELECT count(*) FROM broadcast', notifications)).toEqual(['2']);
}, 900_000);
