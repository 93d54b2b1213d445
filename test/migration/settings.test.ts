import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { folderOf } from '../postgres/majors';
import { PostgresServer, superuserPassword } from '../postgres/server';
import { join } from 'node:path';
import { Move } from './move';

const database = 'backstage_plugin_app';
const settings = `SELECT unnest(setconfig) FROM pg_db_role_setting s JOIN pg_database d ON d.oid = setdatabase WHERE datname =`;

let move: Move;

afterEach(() => move.remove());

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
const settingsOf = (server: PostgresServer, database: string) =>
  server.query(`${settings} ${literal(database)} ORDER BY 1`);

test('what is computed by settings is computed by those of the source', async () => {
  move = await Move.start();
  move.source.query(`CREATE DATABASE ${database}`);
  move.source.query(
    `ALTER DATABASE ${database} SET default_text_search_config = german;
     ALTER DATABASE ${database} SET app.x = 'of the app';
     ALTER DATABASE ${database} SET TimeZone = 'Asia/Kolkata';
     ALTER DATABASE ${database} SET DateStyle = 'German, DMY';
     ALTER DATABASE ${database} SET search_path = ''`,
  );
  move.source.query(
    `CREATE FUNCTION public.words(text) RETURNS tsvector LANGUAGE sql IMMUTABLE AS 'SELECT pg_catalog.to_tsvector($1)';
     CREATE FUNCTION public.day(timestamptz) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1::date::text';
     CREATE FUNCTION public.of_app(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT pg_catalog.current_setting('app.x') || $1 $$;
     CREATE TABLE public.t (id int PRIMARY KEY, body text, at timestamptz, words tsvector GENERATED ALWAYS AS (public.words(body)) STORED);
     INSERT INTO public.t SELECT i, 'die Häuser der Stadt ' || i, timestamptz '2024-01-01 20:00Z' + i * interval '1 day' FROM generate_series(1, 1000) AS i;
     CREATE INDEX words ON public.t USING gin (public.words(body));
     CREATE INDEX day ON public.t (public.day(at));
     CREATE INDEX of_app ON public.t (public.of_app(body));`,
    database,
  );
  const { result } = await move.run();
  expect(result).toMatchObject({ outcome: 'proven', findings: [] });
  expect(settingsOf(move.target, database)).toEqual(settingsOf(move.source, database));
  for (const condition of [
    `public.words(body) @@ pg_catalog.to_tsquery('Haus')`,
    `public.day(at) = '03.01.2024'`,
    `public.of_app(body) = 'of the appdie Häuser der Stadt 7'`,
  ]) {
    const found = (server: PostgresServer) =>
      server
        .query(`SET enable_seqscan = off; SELECT count(*) FROM public.t WHERE ${condition}`, database)
        .at(-1);
    expect(found(move.source)).not.toBe('0');
    expect(found(move.target)).toBe(found(move.source));
  }
});

test('settings of any names and values become what pg_dump makes of them', async () => {
  move = await Move.start();
  // Lists of names have names of at most 63 bytes in search_path, and no NUL anywhere.
  const text = fc.string({ unit: fc.constantFrom(...`aZ0 ,;"'\\\n\t%$:é=-/*&`), maxLength: 12 });
  const name = fc
    .array(fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,5}$/), { minLength: 2, maxLength: 3 })
    .map((parts) => parts.join('.'));
  const single = fc.tuple(name, text.map(literal));
  const list = fc.tuple(
    fc.constantFrom('search_path', 'temp_tablespaces', 'search_path'),
    fc.array(text.map(literal), { minLength: 1, maxLength: 4 }).map((elements) => elements.join(', ')),
  );
  const databases = fc.sample(fc.array(fc.oneof(single, list), { minLength: 1, maxLength: 6 }), {
    numRuns: 12,
    seed: 14,
  });
  const names = databases.map((_, number) => `backstage_plugin_ ${number} "'\\`);
  const quoted = (database: string) => `"${database.replaceAll('"', '""')}"`;
  databases.forEach((settings, number) => {
    move.source.query(`CREATE DATABASE ${quoted(names[number]!)}`);
    move.source.query(
      settings
        .map(([key, value]) => `ALTER DATABASE ${quoted(names[number]!)} SET "${key}" = ${value};`)
        .join('\n'),
    );
  });
  const { result } = await move.run();
  expect(result).toMatchObject({ outcome: 'proven' });
  for (const database of names) {
    const moved = settingsOf(move.target, database);
    expect(moved).toEqual(settingsOf(move.source, database));
    const env = {
      PATH: process.env.PATH,
      PGPASSWORD: superuserPassword,
      PGDATABASE: database,
    };
    const dumped = execFileSync(
      '/usr/lib/postgresql/15/bin/pg_dump',
      ['--create', '--schema-only', '-h', '127.0.0.1', '-p', String(move.source.port), '-U', 'postgres'],
      { env, encoding: 'utf8' },
    );
    move.target.query(`DROP DATABASE ${quoted(database)}`);
    move.target.query(dumped);
    expect(settingsOf(move.target, database)).toEqual(moved);
  }
});

test('settings that the target does not have, or its login may not set, are noted, and the rest goes on', async () => {
  move = await Move.start(() => PostgresServer.create(undefined, { bin: join(folderOf(18), 'bin') }));
  move.source.query(`CREATE DATABASE ${database}`);
  move.source.query(
    `ALTER DATABASE ${database} SET force_parallel_mode = 'off';
     ALTER DATABASE ${database} SET log_statement = 'ddl';
     ALTER DATABASE ${database} SET role = 'hub';
     ALTER DATABASE ${database} SET work_mem = '5MB'`,
  );
  move.target.query(`CREATE ROLE hub LOGIN CREATEDB PASSWORD 'hub'`);
  const targetLogin = { user: 'hub', password: 'hub' };
  for (const _ of ['copied', 'proven again']) {
    const { result } = await move.run({ targetLogin });
    expect(result).toMatchObject({ outcome: 'proven', databases: [{ equal: true }] });
    const about = result.findings.filter(({ code }: any) => code.endsWith('/setting'));
    expect(about.map(({ text }: any) => text).sort()).toEqual([
      `Setting force_parallel_mode of database "${database}" is not copied: PostgreSQL 18 has none of this name.`,
      `Setting log_statement of database "${database}" is not copied: role hub may not set it.`,
      `Setting role of database "${database}" names a role of the source, and is not copied.`,
    ]);
  }
  expect(settingsOf(move.target, database)).toEqual(['work_mem=5MB']);
});

test('databases that become schemas of one keep no settings, which is noted', async () => {
  move = await Move.start();
  const mappings = ['app', 'catalog'].map((schema) => {
    const sourceDatabase = `backstage_plugin_${schema}`;
    move.source.query(`CREATE DATABASE ${sourceDatabase}`);
    move.source.query(`ALTER DATABASE ${sourceDatabase} SET "${schema}.x" = 'y'`);
    return { sourceDatabase, targetDatabase: 'backstage', targetSchema: schema };
  });
  const { result } = await move.run({ props: { mappings } });
  expect(result.outcome).toBe('proven');
  expect(result.findings.map(({ code, text }: any) => [code, text]).sort()).toEqual(
    ['app', 'catalog'].map((schema) => [
      'source/setting',
      `Settings of database "backstage_plugin_${schema}" are not copied, as other databases go to "backstage" as well: ${schema}.x.`,
    ]),
  );
  expect(settingsOf(move.target, 'backstage')).toEqual([]);
});

test('what an administrator gave the target stays, and is noted', async () => {
  move = await Move.start();
  move.source.query(`CREATE DATABASE ${database}`);
  move.target.query(`CREATE DATABASE ${database}`);
  move.target.query(`ALTER DATABASE ${database} SET log_statement = 'ddl'`);
  move.target.query('CREATE EXTENSION citext', database);
  for (const _ of ['copied', 'proven again']) {
    const { result } = await move.run();
    expect([result.outcome, result.findings.map(({ code }: any) => code)]).toEqual([
      'proven',
      ['target/given', 'target/given'],
    ]);
  }
  move.target.query('CREATE EXTENSION pg_trgm', database);
  expect((await move.run()).result.outcome).toBe('unequal');
});
