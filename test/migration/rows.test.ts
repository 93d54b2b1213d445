import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { folderOf } from '../postgres/majors';
import { PostgresServer } from '../postgres/server';
import { join } from 'node:path';
import { Move } from './move';

const database = 'backstage_plugin_app';

let move: Move;

afterEach(() => move.remove());

const of18 = () => PostgresServer.create(undefined, { bin: join(folderOf(18), 'bin') });

async function copied(sql: string, newTarget?: typeof of18, newSource?: typeof of18): Promise<any> {
  move = await Move.start(newTarget, newSource);
  move.source.query(`CREATE DATABASE ${database}`);
  move.source.query(sql, database);
  const { result, output } = await move.run();
  expect({ output, ...result }).toMatchObject({ outcome: 'proven', databases: [{ equal: true }] });
  return result;
}

/** The tables whose rows differ after these statements at the target. */
async function differing(sql: string): Promise<string[]> {
  move.target.query(sql, database);
  const { report } = await move.run();
  const lines = report?.databases[0].differences.filter(({ what }: any) => what === 'rows') ?? [];
  return [...new Set<string>(lines.map(({ text }: any) => JSON.parse(text).table))].sort();
}

const casts = `
  CREATE TYPE mood AS ENUM ('sad', 'happy');
  CREATE TYPE pair AS (a int, b int);
  CREATE FUNCTION same(mood) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'same' $$;
  CREATE FUNCTION fails(pair) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE 'this cast fails'; END $$;
  CREATE CAST (mood AS text) WITH FUNCTION same(mood);
  CREATE CAST (pair AS text) WITH FUNCTION fails(pair);
  CREATE TABLE moods (id int PRIMARY KEY, m mood);
  CREATE TABLE mood_keys (m mood PRIMARY KEY, n int);
  CREATE TABLE pairs (id int PRIMARY KEY, p pair, ps pair[]);
  CREATE TABLE documents (id int PRIMARY KEY, x xml);
  CREATE TABLE never_null (id int PRIMARY KEY, text text NOT NULL);
  INSERT INTO moods VALUES (1, 'sad'), (2, NULL);
  INSERT INTO mood_keys VALUES ('sad', 1);
  INSERT INTO pairs VALUES (1, ROW(1, NULL), '{}'), (2, ROW(NULL, NULL), NULL), (3, NULL, ARRAY[ROW(1, 2)::pair]);
  INSERT INTO documents VALUES (1, '<?xml version="1.0" encoding="UTF-8"?><a/>'), (2, '<?xml version="1.0" standalone="yes"?><a>é</a>'), (3, '<b/>');
  INSERT INTO never_null VALUES (1, '');
`;

test.each<[string, (() => Promise<PostgresServer>) | undefined]>([
  ['15', undefined],
  ['18', of18],
])('values are those of their types, whatever casts say, from PostgreSQL 15 to %s', async (_, target) => {
  await copied(casts, target);
  expect(
    await differing(`UPDATE moods SET m = 'happy' WHERE id = 1; UPDATE mood_keys SET m = 'happy';
      UPDATE pairs SET p = NULL WHERE id = 2; UPDATE documents SET x = '<a>e</a>' WHERE id = 2;
      UPDATE never_null SET text = ' '`),
  ).toEqual(['documents', 'mood_keys', 'moods', 'never_null', 'pairs']);
});

const generated = `
  CREATE FUNCTION shout(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT upper($1)';
  CREATE TABLE t (id int PRIMARY KEY, name text, twice int GENERATED ALWAYS AS (id * 2) STORED,
    lower_name text GENERATED ALWAYS AS (lower(name)) STORED,
    words tsvector GENERATED ALWAYS AS (to_tsvector('english', name)) STORED,
    loud text GENERATED ALWAYS AS (shout(name)) STORED,
    letters text COLLATE "und-x-icu", small_letters text GENERATED ALWAYS AS (lower(letters)) STORED);
  INSERT INTO t VALUES (1, 'added'), (2, NULL);
  INSERT INTO t (id, letters) SELECT 3, string_agg(chr(i), '') FROM generate_series(1000, 55000) AS i;
  CREATE OR REPLACE FUNCTION shout(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT upper($1) || '!' $$;
`;

const valuesOf = (column: string, by: string) =>
  `Values of a generated column of database "${database}" differ, as the target computes them anew, by PostgreSQL ${by} ` +
  `instead of 15, with other libraries of its system, or by a function that was changed since: {"computed" : "public.t", "column" : "${column}"}. Its expression is equal.`;

test('generated columns that the target computes otherwise are noted by name, and proven by their expression', async () => {
  const { findings } = await copied(generated, of18);
  expect(findings.map(({ text }: any) => text).sort()).toEqual([
    valuesOf('loud', '18'),
    valuesOf('small_letters', '18'),
    valuesOf('words', '18'),
  ]);
  move.target.query(
    `ALTER TABLE t DROP COLUMN words, ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('simple', name)) STORED`,
    database,
  );
  expect((await move.run()).result.outcome).toBe('unequal');
});

test('generated columns of one major version are compared, unless a function of the database computes them', async () => {
  const { findings } = await copied(generated);
  expect(findings.map(({ text }: any) => text)).toEqual([valuesOf('loud', '15')]);
});

test('rows of an extension that pg_dump copies are compared, and those that it does not copy are not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'postgresql-'));
  try {
    for (const part of ['lib', 'share']) {
      cpSync(`/usr/${part}/postgresql/15`, join(folder, part, 'postgresql', '15'), {
        recursive: true,
        dereference: true,
      });
    }
    chmodSync(folder, 0o755);
    const extension = join(folder, 'share', 'postgresql', '15', 'extension', 'rated');
    writeFileSync(`${extension}.control`, `default_version = '1.0'\n`);
    writeFileSync(
      `${extension}--1.0.sql`,
      `CREATE TABLE rates (id int PRIMARY KEY, rate text); INSERT INTO rates VALUES (1, 'standard');
       CREATE TABLE cache (id int);
       CREATE SEQUENCE numbers;
       SELECT pg_extension_config_dump('rates', 'WHERE id > 1');
       SELECT pg_extension_config_dump('numbers', '');`,
    );
    const withExtension = () =>
      PostgresServer.create(undefined, { bin: join(folder, 'lib', 'postgresql', '15', 'bin') });
    await copied(
      `CREATE EXTENSION rated; INSERT INTO rates VALUES (2, 'ours'), (3, NULL); INSERT INTO cache VALUES (1); SELECT setval('numbers', 7); CREATE VIEW rated AS TABLE rates`,
      withExtension,
      withExtension,
    );
    expect(move.target.query('SELECT * FROM rates ORDER BY id', database)).toEqual([
      '1|standard',
      '2|ours',
      '3|',
    ]);
    expect(
      await differing(`UPDATE rates SET rate = 'another' WHERE id = 1; INSERT INTO cache VALUES (2)`),
    ).toEqual([]);
    expect(await differing(`UPDATE rates SET rate = 'another' WHERE id = 2`)).toEqual(['rates']);
    move.target.query("UPDATE rates SET rate = 'ours' WHERE id = 2; SELECT setval('numbers', 8)", database);
    const { report } = await move.run();
    expect(report?.databases[0].differences.map(({ text }: any) => Object.keys(JSON.parse(text)))).toEqual([
      ['sequence'],
      ['sequence'],
    ]);

    const mappings = [{ sourceDatabase: database, targetDatabase: 'all', targetSchema: 'app' }];
    const { result } = await move.run({ props: { mappings } });
    expect([result.outcome, result.findings.map(({ text }: any) => text)]).toEqual([
      'proven',
      [
        `The mapping of database ${database} copies what belongs to its schemas, so not this: rows of extension rated.`,
      ],
    ]);
    expect(move.target.query('SELECT * FROM app.rated', 'all')).toEqual(['1|standard']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
