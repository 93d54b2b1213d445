import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cluster } from '../cluster/cluster';
import { localDatabase, MoveScene } from './move-scene';

test('scene', async () => {
  const cluster = await Cluster.ofThisRun();
  (cluster as any).createNamespace = async () => {
    await cluster.client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'rhdh' } });
    return 'rhdh';
  };
  const scene = await MoveScene.open(cluster);
  const before = await scene.backstage();
  await cluster.until('the catalog', async () => {
    const names = await before.entityNames();
    return ['greet', 'guests', 'ledger', 'payments'].every((name) => names.includes(name));
  });
  await before.notify('Maintenance tonight');
  await before.scaffold('world');
  await scene.sql(
    localDatabase,
    `CREATE TABLE IF NOT EXISTS filler AS SELECT g AS id, md5(g::text) || repeat(md5((g*7)::text), 5) AS text FROM generate_series(1, 600000) g; ALTER TABLE filler ADD PRIMARY KEY (id); CREATE INDEX ON filler (text)`,
    'backstage_plugin_catalog',
  );
  writeFileSync(
    '/tmp/docs-scene.json',
    JSON.stringify({
      kubeconfig: cluster.kubeconfigFor({ namespace: 'rhdh' }),
      folder: scene.folder,
      kubectl: cluster.kubectl,
      cli: '/work/wt/docs/build/lib/cli/main.js',
    }),
  );
  while (!existsSync('/tmp/docs-scene.stop')) {
    await sleep(500);
    if (existsSync('/tmp/docs-scene.write')) {
      rmSync('/tmp/docs-scene.write');
      await (await scene.backstage()).notify('Moved');
      writeFileSync('/tmp/docs-scene.written', '');
    }
  }
  await scene.close();
}, 6_000_000);
