import { ProofExtent } from '../../lib';
import { Move } from './move';

const catalog = 'backstage_plugin_catalog';
const noKey = {
  level: 'notes',
  code: 'proof/no-key',
  text: `Table public.no_key of database "${catalog}" has no primary key to choose a sample by: it is proven whole.`,
};

let move: Move;

beforeEach(async () => {
  move = await Move.start();
  move.source.query(`CREATE DATABASE ${catalog}`);
  move.source.query(
    `CREATE TABLE entities (id int PRIMARY KEY, data text);
     INSERT INTO entities SELECT i, md5(i::text) FROM generate_series(1, 20000) AS i;
     CREATE TABLE no_key (data text);
     INSERT INTO no_key SELECT md5(i::text) FROM generate_series(1, 10000) AS i;
     CREATE TABLE small (id int PRIMARY KEY);
     INSERT INTO small VALUES (1)`,
    catalog,
  );
});

afterEach(() => move.remove());

const run = (env: Record<string, string> = {}) =>
  move.run({ props: { proof: ProofExtent.SAMPLE }, env: { MOVE_SAMPLE_BYTES: '100000', ...env } });

const differencesIn = (report: any) =>
  report.databases[0].differences.map(({ text }: any) => JSON.parse(text));

test('of large tables a sample is compared and all rows are counted, and the report says so', async () => {
  const { code, result, report, text } = await run();
  expect([code, result.outcome]).toEqual([0, 'proven']);
  const entities = report?.databases[0].tables[0];
  expect(entities).toMatchObject({ schema: 'public', table: 'entities', rows: 20000 });
  const { compared } = entities;
  expect(compared).toBeGreaterThan(100);
  expect(compared).toBeLessThan(300);
  const sampled = {
    level: 'notes',
    code: 'proof/sample',
    text: `Table "public"."entities" of database "${catalog}" is proven by a sample: all 20000 rows were counted, and ${compared} of them compared.`,
  };
  expect(result.findings).toEqual([noKey, sampled]);
  expect(result.databases).toEqual([
    { database: catalog, bytes: expect.any(Number), tables: 3, rows: 30001, equal: true, sampled: 1 },
  ]);
  expect(text).toBe(
    `Move of databases: copy is proven\nnotes: ${noKey.text}\nnotes: ${sampled.text}\n` +
      `"${catalog}": 3 tables, 30001 rows, equal, 1 of the tables by a sample\n`,
  );
});

test.each([
  ['a changed row of the sample', 'UPDATE entities SET data = 1 WHERE id < 1000', ['entities', 'entities']],
  ['a single missing row, wherever it is', 'DELETE FROM entities WHERE id = 1', ['entities', 'entities']],
  [
    'a changed row of a table without key',
    `UPDATE no_key SET data = 1 WHERE data = md5('1')`,
    ['no_key', 'no_key'],
  ],
  ['a changed row of a small table', 'UPDATE small SET id = 2', ['small', 'small']],
])('a proof by sample finds %s', async (_, sql, tables) => {
  await run();
  move.target.query(sql, catalog);
  const { code, report } = await run();
  expect(code).toBe(3);
  expect(differencesIn(report).map(({ table }: any) => table)).toEqual(tables);
});

test('a proof that does not exist is refused before anything is written', async () => {
  const { code, result } = await run({ MOVE_PROOF: 'none' });
  expect([code, result.findings]).toEqual([
    2,
    [{ level: 'refuses', code: 'proof', text: "MOVE_PROOF is 'none'; write full or sample" }],
  ]);
  expect(move.target.databases()).toEqual([]);
});
