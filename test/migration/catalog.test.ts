import { Move } from './move';

const database = 'backstage_plugin_app';

const objects = `
  CREATE EXTENSION pg_trgm;
  COMMENT ON EXTENSION pg_trgm IS 'it''s ours';
  CREATE SCHEMA other;
  CREATE TYPE mood AS ENUM ('sad', 'happy');
  CREATE DOMAIN percent AS numeric(5, 2) CHECK (VALUE >= 0);
  CREATE TYPE pair AS (a int, b int);
  CREATE TABLE things (id serial PRIMARY KEY, name text, part percent);
  CREATE TABLE more (name text);
  CREATE TABLE parts (id int, filler text) PARTITION BY RANGE (id);
  CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (1) TO (10);
  CREATE TABLE other.things (id int, name text);
  CREATE INDEX things_name ON things (name);
  CREATE VIEW names AS SELECT name FROM public.things;
  CREATE MATERIALIZED VIEW counted AS SELECT count(*) FROM things;
  CREATE STATISTICS of_things (ndistinct) ON id, name FROM things;
  CREATE FUNCTION one() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1';
  CREATE PROCEDURE clean() LANGUAGE sql AS 'DELETE FROM public.more';
  CREATE AGGREGATE longest (text) (SFUNC = textcat, STYPE = text);
  CREATE CAST (int AS pair) WITH INOUT;
  CREATE RULE kept AS ON DELETE TO more DO INSTEAD NOTHING;
  CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
  CREATE TRIGGER noted BEFORE INSERT ON more FOR EACH ROW EXECUTE FUNCTION note();
  ALTER TABLE more ENABLE ROW LEVEL SECURITY;
  CREATE POLICY mine ON more USING (name = current_user);
  CREATE SEQUENCE set_only;
  SELECT setval('set_only', 42, false);
  SELECT lo_from_bytea(777, 'x');
  COMMENT ON LARGE OBJECT 777 IS 'a chat';
  COMMENT ON TABLE things IS 'all of them';
  COMMENT ON COLUMN things.name IS 'its name';
  COMMENT ON DATABASE ${database} IS 'of the app';
  ALTER DATABASE ${database} SET work_mem = '5MB';
`;

/** A change of the target, and what the proof then says of each side. */
const changes: [string, string, string[]][] = [
  [
    'a function that computes something else',
    `CREATE OR REPLACE FUNCTION one() RETURNS int LANGUAGE sql STABLE AS 'SELECT 2'`,
    ['function f public.one()', 'function f public.one()'],
  ],
  ['a procedure that is gone', 'DROP PROCEDURE clean', ['function p public.clean()']],
  [
    'an aggregate that begins elsewhere',
    `CREATE OR REPLACE AGGREGATE longest (text) (SFUNC = textcat, STYPE = text, INITCOND = 'x')`,
    ['aggregate public.longest(text)', 'aggregate public.longest(text)'],
  ],
  ['a policy that is gone', 'DROP POLICY mine ON more', ['policy mine on public.more']],
  [
    'row security that is off',
    'ALTER TABLE more DISABLE ROW LEVEL SECURITY',
    ['relation r p public.more', 'relation r p public.more'],
  ],
  ['a rule that is gone', 'DROP RULE kept ON more', ['rule public.more']],
  [
    'a trigger that is disabled',
    'ALTER TABLE more DISABLE TRIGGER noted',
    ['trigger O CREATE TRIGGER noted', 'trigger D CREATE TRIGGER noted'],
  ],
  [
    'an enum with a value more',
    `ALTER TYPE mood ADD VALUE 'angry' BEFORE 'sad'`,
    ['enum public.mood', 'enum public.mood'],
  ],
  [
    'a domain that allows more',
    'ALTER DOMAIN percent DROP CONSTRAINT percent_check',
    ['domain public.percent', 'domain public.percent'],
  ],
  ['a composite type with a field more', 'ALTER TYPE pair ADD ATTRIBUTE c int', ['column public.pair c']],
  ['a cast that is gone', 'DROP CAST (int AS pair)', ['object cast (integer AS public.pair)']],
  ['a comment that is gone', 'COMMENT ON TABLE things IS NULL', ['comment table public.things all of them']],
  [
    'another comment on a column',
    `COMMENT ON COLUMN things.name IS 'another'`,
    ['comment table column public.things.name', 'comment table column public.things.name'],
  ],
  [
    'another comment on a large object',
    `COMMENT ON LARGE OBJECT 777 IS 'another'`,
    ['comment large object 777 a chat', 'comment large object 777 another'],
  ],
  [
    'another comment on the database',
    `COMMENT ON DATABASE ${database} IS 'another'`,
    ['comment database of the app', 'comment database another'],
  ],
  [
    'another setting of the database',
    `ALTER DATABASE ${database} SET work_mem = '6MB'`,
    ['setting work_mem=5MB', 'setting work_mem=6MB'],
  ],
  [
    'another statistics target',
    'ALTER TABLE things ALTER name SET STATISTICS 77',
    ['column storage public.things name'],
  ],
  [
    'another storage',
    'ALTER TABLE other.things ALTER name SET STORAGE external',
    ['column storage other.things name'],
  ],
  [
    'another compression',
    'ALTER TABLE more ALTER name SET COMPRESSION lz4',
    ['column storage public.more name'],
  ],
  [
    'extended statistics that are gone',
    'DROP STATISTICS of_things',
    ['object statistics object public.of_things'],
  ],
  [
    'a partition that is detached',
    'ALTER TABLE parts DETACH PARTITION parts_1',
    ['inherits public.parts_1', 'partition public.parts_1'],
  ],
  [
    'a table that is unlogged',
    'ALTER TABLE other.things SET UNLOGGED',
    ['relation r p other.things', 'relation r u other.things'],
  ],
  [
    'a view on a table of another schema',
    'CREATE OR REPLACE VIEW names AS SELECT name FROM other.things',
    ['view public.names', 'view public.names'],
  ],
  [
    'a materialized view without content',
    'REFRESH MATERIALIZED VIEW counted WITH NO DATA',
    ['relation m p public.counted', 'relation m p public.counted'],
  ],
  [
    'a sequence that was set and never called',
    `SELECT setval('set_only', 41, false)`,
    ['sequence public.set_only', 'sequence public.set_only'],
  ],
  [
    'a sequence of a table that counts otherwise',
    'ALTER SEQUENCE things_id_seq OWNED BY NONE',
    ['sequence public.things_id_seq', 'sequence public.things_id_seq'],
  ],
  [
    'an index that a table is clustered by',
    'ALTER TABLE things CLUSTER ON things_name',
    ['index CREATE INDEX things_name', 'index CREATE INDEX things_name'],
  ],
];

let move: Move;
let differences: string[];

beforeAll(async () => {
  move = await Move.start();
  move.source.query(`CREATE DATABASE ${database}`);
  move.source.query(objects, database);
  expect((await move.run()).result).toMatchObject({ outcome: 'proven', findings: [] });
});

afterAll(() => move.remove());

test('a comment on an extension is copied where its owner copies, and noted where another would have to', async () => {
  const comment = `SELECT obj_description(oid, 'pg_extension') FROM pg_extension WHERE extname = 'pg_trgm'`;
  expect(move.target.query(comment, database)).toEqual(["it's ours"]);
  move.target.query(`COMMENT ON EXTENSION pg_trgm IS 'another'`, database);
  const { result } = await move.run();
  expect([result.outcome, result.findings]).toEqual([
    'proven',
    [
      {
        level: 'notes',
        code: 'proof/extension-comment',
        text:
          `Comments of extensions of database "${database}" differ from those of the source, ` +
          `{"extension comment" : "pg_trgm it's ours"}: only the owner of an extension may write its comment.`,
      },
    ],
  ]);
});

test('a comment on an extension that only the target has is noted as well', async () => {
  move.target.query(
    `COMMENT ON EXTENSION pg_trgm IS 'it''s ours'; COMMENT ON EXTENSION plpgsql IS 'another'`,
    database,
  );
  const { result } = await move.run();
  const codes = result.findings.map(({ code }: any) => code);
  expect([result.outcome, codes]).toEqual(['proven', ['proof/extension-comment']]);
});

describe('a target that differs is unequal, and the proof says in what:', () => {
  beforeAll(async () => {
    for (const [, sql] of changes) move.target.query(sql, database);
    const { code, report } = await move.run();
    expect(code).toBe(3);
    differences = report?.databases[0].differences.map(({ text }: any) => {
      const [[kind, body]] = Object.entries(JSON.parse(text));
      return `${kind} ${body}`;
    });
  });

  test.each(changes)('%s', (_, __, lines) => {
    for (const line of lines) {
      const wanted = lines.filter((other) => other === line).length;
      expect(differences.filter((text) => text.startsWith(line)).length).toBeGreaterThanOrEqual(wanted);
    }
  });

  test('nothing else', () => {
    const expected = changes.flatMap(([, , lines]) => lines);
    expect(differences.filter((text) => !expected.some((line) => text.startsWith(line)))).toEqual([]);
  });
});
