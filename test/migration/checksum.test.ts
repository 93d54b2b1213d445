import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf } from '../postgres/majors';
import { PostgresServer } from '../postgres/server';

const relation = readFileSync(join(__dirname, '../../lib/migration/scripts/relation.sql'), 'utf8');

let server: PostgresServer;
let of18: PostgresServer;

beforeAll(async () => {
  server = await PostgresServer.create();
  of18 = await PostgresServer.create(undefined, { bin: join(folderOf(18), 'bin') });
  await Promise.all([server.start(), of18.start()]);
});

afterAll(() => Promise.all([server.remove(), of18.remove()]));

/** What the statement of the proof says of a table `t` made by these statements. */
function proofOf(
  columns: string,
  rows: string,
  sampled = '9223372036854775807',
): { rows: number; compared?: number; checksum: string } {
  server.query(`DROP TABLE IF EXISTS t; CREATE TABLE t (${columns})`);
  server.query(`INSERT INTO t ${rows}`);
  return proofAt(server, sampled);
}

function proofAt(
  at: PostgresServer,
  sampled = '9223372036854775807',
): { rows: number; compared?: number; checksum: string } {
  const [statement] = at.query(
    `\\set schemas ''\n\\set sampled ${sampled}\nSELECT check_statement FROM (${relation}) AS _ WHERE name = 'public.t'`,
  );
  return JSON.parse(at.query(statement!).join(''));
}

test('tables of different rows have different checksums', () => {
  const columns = 'a text, b text, c bytea';
  const tables = [
    `VALUES ('x', 'y', NULL::bytea)`,
    `VALUES ('y', 'x', NULL::bytea)`,
    `VALUES ('xy', '', NULL::bytea)`,
    `VALUES ('', 'xy', NULL::bytea)`,
    `VALUES ('xy', NULL, NULL::bytea)`,
    `VALUES ('xy', '-', NULL::bytea)`,
    `VALUES ('xy', '+', NULL::bytea)`,
    `VALUES ('xy', '', ''::bytea)`,
    `VALUES ('xy', '', '\\x00'::bytea)`,
    `VALUES ('xy', '', '\\x0000'::bytea)`,
    `VALUES ('xy', '', ''), ('xy', '', '')`,
    `VALUES ('x', 'y', ''), ('y', 'x', '')`,
    `VALUES ('x', 'x', ''), ('y', 'y', '')`,
    `SELECT repeat('x', 10000000), NULL, NULL::bytea`,
    `SELECT repeat('x', 10000001), NULL, NULL::bytea`,
  ];
  const checksums = tables.map((rows) => proofOf(columns, rows).checksum);
  expect(new Set(checksums).size).toBe(tables.length);
});

test('the order of rows does not matter, their number does', () => {
  const forth = proofOf('a text', `VALUES ('1'), ('2'), ('2')`);
  expect(forth.rows).toBe(3);
  expect(proofOf('a text', `VALUES ('2'), ('1'), ('2')`)).toEqual(forth);
  expect(proofOf('a text', `VALUES ('2'), ('1')`)).not.toEqual(forth);
  expect(proofOf('a text', `VALUES ('2'), ('1'), ('1')`)).not.toEqual(forth);
});

test('values that compare as equal and are written differently have different checksums', () => {
  const differ = (columns: string, one: string, other: string) =>
    expect(proofOf(columns, `VALUES (${one})`)).not.toEqual(proofOf(columns, `VALUES (${other})`));
  differ('a numeric', '1.0', '1.00');
  differ('a jsonb', `'{"a": 1.0}'`, `'{"a": 1.00}'`);
  differ('a json', `'{"a":1}'`, `'{"a": 1}'`);
  differ('a text COLLATE "und-x-icu"', `'é'`, `U&'e\\0301'`);
  differ('a double precision', '0.1', '0.1::real');
  differ('a interval', `'1 day'`, `'24 hours'`);
  differ('a char(3)', `'a'`, `'b'`);
});

test('a table of as many columns as PostgreSQL allows, and one without any', () => {
  const columns = Array.from({ length: 1600 }, (_, number) => `column_${number} int`);
  expect(proofOf(columns.join(', '), '(column_0) VALUES (1)').rows).toBe(1);
  expect(proofOf('', 'DEFAULT VALUES')).toEqual({ schema: 'public', table: 't', rows: 1, checksum: '0:1' });
});

test('of a sample all rows are counted, and the same ones compared wherever they are', () => {
  const columns = 'a text, b int, c text, PRIMARY KEY (a, b)';
  const sample = (rows: string) => proofOf(columns, rows, '1');
  const rows = (c: string, order: string) =>
    `SELECT 'a' || i, i, ${c} FROM generate_series(1, 20000) AS i ORDER BY i ${order}`;
  const whole = sample(rows("'c'", 'ASC'));
  expect(whole).toMatchObject({ schema: 'public', table: 't', rows: 20000 });
  expect(whole.compared).toBeGreaterThan(100);
  expect(whole.compared).toBeLessThan(300);
  expect(sample(rows("'c'", 'DESC'))).toEqual(whole);
  expect(sample(rows("'d'", 'ASC')).checksum).not.toBe(whole.checksum);
  const changed = sample(rows(`CASE WHEN i < 1000 THEN 'd' ELSE 'c' END`, 'ASC'));
  expect([changed.rows, changed.compared]).toEqual([whole.rows, whole.compared]);
  expect(changed.checksum).not.toBe(whole.checksum);
});

test('a table without primary key is compared whole instead of by a sample', () => {
  expect(proofOf('a text', `VALUES ('1'), ('2')`, '1')).toEqual(proofOf('a text', `VALUES ('1'), ('2')`));
});

test('a column that is called not null and has NULLs hides no other', () => {
  const proofWith = (value: number) => {
    of18.query(
      `DROP TABLE IF EXISTS t; CREATE TABLE t (a text, b int); INSERT INTO t VALUES (NULL, 1), (NULL, ${value});
       ALTER TABLE t ADD CONSTRAINT there NOT NULL a NOT VALID`,
    );
    return proofAt(of18);
  };
  expect(proofWith(2)).toEqual(proofWith(2));
  expect(proofWith(2)).not.toEqual(proofWith(3));
});
