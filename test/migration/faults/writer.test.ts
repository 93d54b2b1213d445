import { Move } from '../move';
import { expectEqualDatabases, fillSource, states } from './databases';

const catalog = 'backstage_plugin_catalog';
const proven = `SELECT FROM cdk8s_rhdh.move WHERE state = 'proven'`;

let move: Move;

beforeEach(async () => {
  move = await Move.start();
  fillSource(move);
  move.source.query(`ALTER DATABASE ${catalog} SET default_transaction_read_only = on`);
});

afterEach(() => move.remove());

/** Somebody who gets past the fence and writes once the snapshot of the catalog is taken. */
function writer(sql: string) {
  const session = move.source.session('postgres', 'writer');
  session.run(`SET default_transaction_read_only = off;
    DO $$ BEGIN
      WHILE NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = '${catalog}' AND query LIKE '%pg_export_snapshot%')
      LOOP PERFORM pg_sleep(0.01); PERFORM pg_stat_clear_snapshot(); END LOOP;
    END $$;
    \\connect ${catalog}
    SET default_transaction_read_only = off;
    ${sql}
  `);
  return session;
}

async function expectUnequal(text: RegExp): Promise<void> {
  const { code, result, report } = await move.run();
  expect([code, result.outcome]).toEqual([3, 'unequal']);
  expect(result.databases.map(({ database, equal }: any) => [database, equal]).sort()).toEqual([
    [catalog, false],
    ['backstage_plugin_search', true],
    ['rhdh-ls', true],
  ]);
  const differences = report?.databases.find(({ database }: any) => database === catalog)?.differences;
  expect(differences.map(({ what }: any) => what)).toContain('written');
  expect(JSON.stringify(differences)).toMatch(text);
  expect(move.target.query(proven, catalog)).toEqual([]);
  expect(states(move)[0]).toBe(`${catalog} copying`);
}

async function expectHealed(): Promise<void> {
  expect((await move.run()).result.outcome).toBe('proven');
  expectEqualDatabases(move);
}

test.each([
  ['a row', `INSERT INTO small VALUES (99, NULL);`, /small/],
  ['an update that changes nothing', `UPDATE small SET at = at WHERE id = 1;`, /small/],
  ['a table that is emptied', `TRUNCATE small;`, /small/],
  ['a new table', `CREATE TABLE late (id int);`, /late/],
  ['a large object', `SELECT lo_from_bytea(8, 'late');`, /pg_largeobject/],
  ['a sequence', `SELECT nextval('entities_id_seq');`, /entities_id_seq/],
])('a writer who gets past the fence is found: %s', async (_, sql, text) => {
  const session = writer(sql);
  const ended = session.end();
  await expectUnequal(text);
  await ended;
  await expectHealed();
});

test('a writer who is still connected at the end is found, whether or not its statistics are', async () => {
  const session = writer(`BEGIN; INSERT INTO small VALUES (99, NULL);`);
  await expectUnequal(/writer/);
  await session.end();
  await expectHealed();
});
