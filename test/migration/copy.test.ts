import { Move } from './move';

let move: Move;

beforeEach(async () => {
  move = await Move.start();
});

afterEach(() => move.remove());

const catalog = 'backstage_plugin_catalog';

/** A database with a table that is copied on its own, and small ones. */
function fillCatalog(): void {
  move.source.query(`CREATE DATABASE ${catalog}`);
  move.source.query(
    `CREATE TABLE entities (id bigserial PRIMARY KEY, name text NOT NULL, data jsonb);
     INSERT INTO entities (name, data)
       SELECT 'entity ' || i, jsonb_build_object('i', i, 'text', repeat('x', i % 50)) FROM generate_series(1, 100000) AS i;
     CREATE INDEX entities_name ON entities (name);
     CREATE TABLE small (id bigint PRIMARY KEY REFERENCES entities, at timestamptz);
     INSERT INTO small VALUES (1, '2020-01-01Z'), (2, NULL);`,
    catalog,
  );
}

test('databases are copied and proven; a second run proves again and writes nothing', async () => {
  fillCatalog();
  move.source.query('CREATE DATABASE "rhdh-ls"; CREATE DATABASE somebodys');
  const first = await move.run();
  expect(first.code).toBe(0);
  const bytes = expect.any(Number);
  const leftOut = 'Not copied, because no pattern of include matches: database "somebodys" of the source.';
  const proven = {
    command: 'copy',
    outcome: 'proven',
    findings: [{ level: 'notes', code: 'source/left-out', text: leftOut }],
    databases: [
      { database: catalog, bytes, tables: 2, rows: 100002, equal: true },
      { database: 'rhdh-ls', bytes, tables: 0, rows: 0, equal: true },
    ],
  };
  expect(first.result).toEqual(proven);
  expect(first.report?.databases[0].tables.map(({ table, rows }: any) => [table, rows])).toEqual([
    ['entities', 100000],
    ['small', 2],
  ]);
  expect(first.text).toBe(
    `Move of databases: copy is proven\nnotes: ${leftOut}\n"${catalog}": 2 tables, 100002 rows, equal\n"rhdh-ls": 0 tables, 0 rows, equal\n`,
  );
  expect(move.target.databases()).toEqual([catalog, 'rhdh-ls']);
  const rows = 'SELECT md5(string_agg(e::text, chr(10) ORDER BY id)) FROM entities AS e';
  expect(move.target.query(rows, catalog)).toEqual(move.source.query(rows, catalog));

  const files = 'SELECT oid, relname, relfilenode FROM pg_class ORDER BY oid';
  const before = move.target.query(files, catalog);
  const second = await move.run();
  expect(second.result).toEqual(proven);
  expect(move.target.query(files, catalog)).toEqual(before);
});

test('a target database that somebody else filled is named and left alone', async () => {
  fillCatalog();
  move.target.query(`CREATE DATABASE ${catalog}`);
  move.target.query('CREATE TABLE mine (id int); INSERT INTO mine VALUES (1)', catalog);
  const { code, result } = await move.run();
  expect(code).toBe(2);
  expect(result).toEqual({
    command: 'copy',
    outcome: 'refused',
    findings: [
      {
        level: 'refuses',
        code: 'target/occupied',
        text:
          `Database "${catalog}" of the target holds data that this move did not write: table public.mine. ` +
          'It is left as it is; drop or rename it, or exclude the database.',
      },
    ],
    databases: [],
  });
  expect(move.target.query('SELECT * FROM mine', catalog)).toEqual(['1']);
});

test('somebody who is connected to the source is named, and nothing is copied', async () => {
  fillCatalog();
  const session = move.source.session(catalog, 'backstage');
  try {
    await session.connected;
    const { code, result } = await move.run();
    expect(code).toBe(2);
    expect(result.findings).toEqual([
      {
        level: 'refuses',
        code: 'source/sessions',
        text: expect.stringMatching(
          /^Somebody is connected to database backstage_plugin_catalog of the source: backstage \(user postgres, from 127\.0\.0\.1, since [-0-9]+ [:0-9]+ UTC\)\. What they write would be lost; stop them first\.$/,
        ),
      },
    ]);
    expect(move.target.databases()).toEqual([]);
  } finally {
    await session.end();
  }
});

test('a large table is written in the order of its index of text, which is then cheap to build', async () => {
  move.source.query(`CREATE DATABASE ${catalog}`);
  move.source.query(
    `CREATE TABLE search (entity_id int NOT NULL, key text COLLATE "C.utf8" NOT NULL, value text COLLATE "C.utf8");
     INSERT INTO search SELECT i, 'key ' || i % 7, nullif(md5(i::text), md5('5')) FROM generate_series(1, 120000) AS i;
     CREATE INDEX search_key_value_idx ON search (key, value);
     CREATE INDEX search_entity_id_idx ON search (entity_id);
     CREATE UNIQUE INDEX search_unique_idx ON search (value, key, entity_id);`,
    catalog,
  );
  const { result } = await move.run();
  expect(result.outcome).toBe('proven');
  const ordered = `SELECT count(*) FROM (
    SELECT row_number() OVER (ORDER BY ctid) AS written, row_number() OVER (ORDER BY key, value, ctid) AS sorted FROM search
  ) AS _ WHERE written <> sorted`;
  expect(move.target.query(ordered, catalog)).toEqual(['0']);
  expect(
    move.target.query("SELECT count(DISTINCT attname) FROM pg_stats WHERE tablename = 'search'", catalog),
  ).toEqual(['3']);
});

test('of several indexes of text, the order is that of the one whose neighbours begin alike', async () => {
  move.source.query(`CREATE DATABASE ${catalog}`);
  move.source.query(
    `CREATE SCHEMA "a-b";
     SET search_path = "a-b";
     CREATE TABLE relations (entity_id text COLLATE "C.utf8" NOT NULL, entity_ref text COLLATE "C.utf8" NOT NULL);
     INSERT INTO relations SELECT md5(i::text) || repeat('x', 20), 'component:default/' || md5(i || 'ref') FROM generate_series(1, 80000) AS i;
     CREATE INDEX ON relations (entity_id);
     CREATE INDEX ON relations (entity_ref);
     ANALYZE relations`,
    catalog,
  );
  const { result } = await move.run();
  expect(result.outcome).toBe('proven');
  const ordered = `SELECT count(*) FROM (
    SELECT row_number() OVER (ORDER BY ctid) AS written, row_number() OVER (ORDER BY entity_ref) AS sorted FROM "a-b".relations
  ) AS _ WHERE written <> sorted`;
  expect(move.target.query(ordered, catalog)).toEqual(['0']);
});

test('a lock that a killed hub left on its migrations is not copied, and the rest is proven', async () => {
  move.source.query(`CREATE DATABASE ${catalog}`);
  move.source.query(
    `CREATE TABLE knex_migrations_lock (index serial PRIMARY KEY, is_locked int);
     INSERT INTO knex_migrations_lock (is_locked) VALUES (1)`,
    catalog,
  );
  const { result, output } = await move.run();
  expect(result.outcome).toBe('proven');
  expect(move.target.query('SELECT index, is_locked FROM knex_migrations_lock', catalog)).toEqual(['1|0']);
  expect(output).toContain(
    `"${catalog}": public.knex_migrations_lock was left locked by a hub that was killed; the copy is unlocked\n`,
  );
});
