import type { PostgresServer } from '../postgres/server';
import { PgBouncer } from '../postgres/pgbouncer';
import { dump } from './dump';
import { Move } from './move';

const database = 'backstage_plugin_app';

let move: Move;

afterEach(() => move.remove());

async function start(newTarget?: () => Promise<PostgresServer>): Promise<void> {
  move = await Move.start(newTarget);
  move.source.query(`CREATE DATABASE ${database}`);
}

async function expectProven(options: Parameters<Move['run']>[0] = {}): Promise<void> {
  const { result, output } = await move.run(options);
  expect({ outcome: result.outcome, output }).toEqual({ outcome: 'proven', output });
  const [source, target] = [dump(move.source, database), dump(move.target, database)];
  expect(target.schema).toBe(source.schema);
  expect(target.rows).toEqual(source.rows);
}

describe('settings of role and database', () => {
  test('none of them changes what a session of the copy means', async () => {
    await start();
    move.source.query(
      `CREATE SCHEMA "Odd"; CREATE TABLE "Odd".t (id int PRIMARY KEY, at timestamptz, span interval, a text[], b bytea, x xml, d float8);
       INSERT INTO "Odd".t VALUES (1, '2020-03-29 02:30+02', '1 mon -2 days', '{a,NULL,"NULL"}', '\\x00ff', '<a/>', 0.1)`,
      database,
    );
    for (const server of [move.source, move.target]) {
      for (const setting of [
        "DateStyle = 'German, DMY'",
        "IntervalStyle = 'sql_standard'",
        "TimeZone = 'Asia/Kolkata'",
        'array_nulls = off',
        "bytea_output = 'escape'",
        "client_encoding = 'LATIN1'",
        "default_transaction_isolation = 'serializable'",
        'default_transaction_deferrable = on',
        'exit_on_error = on',
        'extra_float_digits = -10',
        'idle_in_transaction_session_timeout = 50',
        'idle_session_timeout = 50',
        'quote_all_identifiers = on',
        'statement_timeout = 50',
        'transform_null_equals = on',
        "xmloption = 'document'",
      ]) {
        server.query(`ALTER ROLE postgres SET ${setting}`);
      }
    }
    const { result } = await move.run({ env: { MOVE_BIG_TABLE_BYTES: '1' } });
    for (const server of [move.source, move.target]) {
      server.query('ALTER ROLE postgres RESET ALL');
    }
    expect([result.outcome, result.findings]).toEqual(['proven', []]);
    const [source, target] = [dump(move.source, database), dump(move.target, database)];
    expect(target).toEqual(source);
  });

  test('a role that the login takes owns the copy, and sessions of an earlier run are found', async () => {
    await start();
    move.source.query('CREATE TABLE t (id int)', database);
    move.target.query(
      `CREATE ROLE owners CREATEDB BYPASSRLS; CREATE ROLE temporary LOGIN NOINHERIT PASSWORD 'p' IN ROLE owners;
       ALTER ROLE temporary SET role = 'owners'`,
    );
    const targetLogin = { user: 'temporary', password: 'p' };
    await expectProven({ targetLogin });
    expect(
      move.target.query(`SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = '${database}'`),
    ).toEqual(['owners']);
    const left = move.target.session(database, 'cdk8s-rhdh-move rhdh/hub', targetLogin);
    await left.connected;
    await expectProven({ targetLogin });
    expect(move.target.query("SELECT count(*) FROM pg_stat_activity WHERE usename = 'temporary'")).toEqual([
      '0',
    ]);
    await left.end();
  });
});

describe('PgBouncer in between', () => {
  test.each([
    [
      'drops the settings',
      'ignore_startup_parameters = options',
      /^Sessions of the target do not have the settings that the copy asks for \(.*bytea_output is "escape".*\): something in between drops them, such as PgBouncer with ignore_startup_parameters = options\. Give the address of PostgreSQL itself\.$/,
    ],
    [
      'refuses them',
      '',
      /^The target is reached by a pooler that takes no settings of a session \(unsupported startup parameter: options\)\. Give the address of PostgreSQL itself\.$/,
    ],
  ])('that %s is refused', async (_, setting, text) => {
    await start();
    move.target.query("ALTER ROLE postgres SET bytea_output = 'escape'");
    const bouncer = await PgBouncer.start(move.target, setting);
    try {
      const { code, result } = await move.run({ env: { TARGET_PORT: String(bouncer.port) } });
      expect([code, result.findings]).toEqual([
        2,
        [{ level: 'refuses', code: 'target/session', text: expect.stringMatching(text) }],
      ]);
    } finally {
      await bouncer.stop();
    }
  });
});

describe('text that is no UTF-8', () => {
  test.each([
    ['SQL_ASCII', String.raw`E'caf\xe9 \xff'`],
    ['LATIN1', String.raw`E'caf\xe9'`],
    ['WIN1252', "'x'"],
    ['EUC_JP', String.raw`E'\xa4\xa2'`],
  ])('is copied as it is: %s', async (encoding, text) => {
    move = await Move.start();
    move.source.query(`CREATE DATABASE ${database} TEMPLATE template0 ENCODING '${encoding}'`);
    const value = encoding === 'WIN1252' ? String.raw`E'\x81'` : text;
    move.source.query(
      `SET client_encoding = '${encoding}';
       CREATE TABLE words (id int PRIMARY KEY, word text, more jsonb);
       INSERT INTO words VALUES (1, ${value}, '{}');
       CREATE INDEX ON words (word);
       SELECT format('CREATE TABLE %I (id int)', ${text}) \\gexec
       SELECT format('COMMENT ON TABLE words IS %L', ${text}) \\gexec`,
      database,
    );
    const bytes = "SELECT string_agg(encode(textsend(word), 'hex'), ' ') FROM words";
    for (const moveBigTableBytes of ['1', '1000000']) {
      const { result, report, output } = await move.run({ env: { MOVE_BIG_TABLE_BYTES: moveBigTableBytes } });
      expect({ outcome: result.outcome, output }).toEqual({ outcome: 'proven', output });
      expect(report!.databases[0].tables).toHaveLength(2);
      expect(move.target.query(bytes, database)).toEqual(move.source.query(bytes, database));
      move.target.query(`DROP DATABASE ${database}`);
    }
  });
});

describe('memory of an index', () => {
  test("another access method than btree gets the server's own", async () => {
    await start();
    // Says how much memory it has, as an index that needs more does.
    move.source.query(
      `CREATE FUNCTION memory(id int) RETURNS int[] LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN
         IF pg_size_bytes(current_setting('maintenance_work_mem')) < 90 * 1024 * 1024 AND current_setting('application_name') LIKE 'cdk8s%' THEN
           RAISE 'memory required is 90 MB, maintenance_work_mem is %', current_setting('maintenance_work_mem');
         END IF;
         RETURN ARRAY[id];
       END $$;
       CREATE TABLE t AS SELECT id FROM generate_series(1, 100) AS id;
       CREATE INDEX ON t USING gin (memory(id));`,
      database,
    );
    await move.target.stop();
    await move.target.start({ maintenance_work_mem: '90MB' });
    for (const moveBigTableBytes of ['1', '1000000']) {
      await expectProven({ env: { MOVE_BIG_TABLE_BYTES: moveBigTableBytes } });
      move.target.query(`DROP DATABASE ${database}`);
    }
  });
});

describe('event triggers', () => {
  const audit = `CREATE TABLE audit (id serial, tag text);
    CREATE FUNCTION log() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.audit (tag) VALUES (tg_tag); END $$;
    CREATE EVENT TRIGGER logging ON ddl_command_end EXECUTE FUNCTION log();
    COMMENT ON EVENT TRIGGER logging IS 'sees all';
    CREATE MATERIALIZED VIEW tags AS SELECT DISTINCT tag FROM audit;
    CREATE EXTENSION pg_trgm; COMMENT ON EXTENSION pg_trgm IS 'ours';`;
  const forbid = `CREATE FUNCTION forbid() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no % here', tg_tag; END $$;
    CREATE EVENT TRIGGER forbidding ON ddl_command_start EXECUTE FUNCTION forbid();`;

  test.each([
    ['writes down', audit],
    ['forbids', forbid],
  ])('one that %s what is defined sees nothing of the copy', async (_, sql) => {
    await start();
    move.source.query(sql, database);
    await expectProven();
    move.target.query("UPDATE cdk8s_rhdh.move SET state = 'copying', created = false", database);
    await expectProven();
    await expectProven();
  });
});
