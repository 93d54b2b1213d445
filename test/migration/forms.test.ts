import type { DatabaseMapping } from '../../lib';
import { Move } from './move';

let move: Move;

beforeEach(async () => {
  move = await Move.start();
});

afterEach(() => move.remove());

const [catalog, app] = ['backstage_plugin_catalog', 'backstage_plugin_app'];

/** Tables of a schema: a small one, and one that is copied on its own. */
function fill(database: string, schema: string): void {
  move.source.query(
    `CREATE SCHEMA IF NOT EXISTS "${schema}";
     CREATE TABLE "${schema}".small (id serial PRIMARY KEY, text text);
     INSERT INTO "${schema}".small (text) VALUES ('${schema}'), (NULL);
     CREATE TABLE "${schema}".big (id bigint PRIMARY KEY, text text);
     INSERT INTO "${schema}".big SELECT i, repeat('${schema}', 20) FROM generate_series(1, 60000) AS i;`,
    database,
  );
}

const tablesOf = (database: string) =>
  move.target.query(
    `SELECT schemaname || '.' || relname || ' ' || (xpath('/row/n/text()', query_to_xml(
       format('SELECT count(*) AS n FROM %I.%I', schemaname, relname), false, true, '')))[1]
     FROM pg_stat_user_tables WHERE schemaname <> 'cdk8s_rhdh' ORDER BY 1`,
    database,
  );

async function expectProven(mappings: DatabaseMapping[], databases: object[]): Promise<void> {
  const { result, output } = await move.run({ props: { mappings } });
  expect({ output, findings: result.findings }).toEqual({ output, findings: [] });
  expect(result.outcome).toBe('proven');
  expect(result.databases.map(({ bytes: _, ...rest }: any) => rest)).toEqual(databases);
}

test('databases of plugins become schemas of one database; what was half-done there is done anew, the rest stays', async () => {
  move.source.query(`CREATE DATABASE ${catalog}; CREATE DATABASE ${app}`);
  fill(catalog, 'public');
  fill(app, 'public');
  const mappings = [
    { sourceDatabase: catalog, targetDatabase: 'backstage', targetSchema: 'catalog' },
    { sourceDatabase: app, targetDatabase: 'backstage', targetSchema: 'app' },
  ];
  const databases = [catalog, app].map((database) => ({
    database,
    target: 'backstage',
    tables: 2,
    rows: 60002,
    equal: true,
  }));
  const byName = (name: string) => expect.objectContaining({ database: name });
  await expectProven(mappings, expect.arrayContaining(databases));
  const tables = ['app.big 60000', 'app.small 2', 'catalog.big 60000', 'catalog.small 2'];
  expect(tablesOf('backstage')).toEqual(tables);
  expect(move.target.databases()).toEqual(['backstage']);

  const files = "SELECT relfilenode FROM pg_class WHERE relnamespace = 'catalog'::regnamespace ORDER BY oid";
  const before = move.target.query(files, 'backstage');
  await expectProven(mappings, expect.arrayContaining([byName(catalog), byName(app)]));
  expect(move.target.query(files, 'backstage')).toEqual(before);

  const written = async () => (await move.run({ props: { mappings }, command: 'written' })).result.written;
  expect(await written()).toEqual([]);
  move.target.query('DELETE FROM app.small', 'backstage');
  expect(await written()).toEqual([
    { database: 'backstage', table: 'app.small', inserted: 0, updated: 0, deleted: 2 },
  ]);

  move.target.query(
    `DROP SCHEMA public; ALTER SCHEMA app RENAME TO public; DELETE FROM public.big WHERE id > 100;
     UPDATE cdk8s_rhdh.move SET state = 'copying' WHERE source_database = '${app}'`,
    'backstage',
  );
  await expectProven(mappings, expect.arrayContaining(databases));
  expect(tablesOf('backstage')).toEqual(tables);
  expect(move.target.query(files, 'backstage')).toEqual(before);
});

test('schemas of one database become databases of plugins', async () => {
  move.source.query('CREATE DATABASE backstage');
  fill('backstage', 'catalog');
  fill('backstage', 'app');
  const mappings = [
    { sourceDatabase: 'backstage', sourceSchema: 'catalog', targetDatabase: catalog },
    { sourceDatabase: 'backstage', sourceSchema: 'app', targetDatabase: app },
  ];
  const databases = [catalog, app].map((target) => ({
    database: 'backstage',
    target,
    tables: 2,
    rows: 60002,
    equal: true,
  }));
  await expectProven(mappings, expect.arrayContaining(databases));
  await expectProven(mappings, expect.arrayContaining(databases));
  expect([tablesOf(catalog), tablesOf(app)]).toEqual([
    ['public.big 60000', 'public.small 2'],
    ['public.big 60000', 'public.small 2'],
  ]);
  expect(move.target.query('SELECT text FROM small WHERE text IS NOT NULL', app)).toEqual(['app']);
});

test("the orchestrator's database of Helm becomes the operator's, schemas renamed; one without place is refused", async () => {
  move.source.query('CREATE DATABASE sonataflow');
  fill('sonataflow', 'data-index-service');
  fill('sonataflow', 'jobs-service');
  const target = { sourceDatabase: 'sonataflow', targetDatabase: 'backstage_plugin_orchestrator' };
  const index = {
    sourceSchema: 'data-index-service',
    targetSchema: 'sonataflow-platform-data-index-service',
  };
  const jobs = { sourceSchema: 'jobs-service', targetSchema: 'sonataflow-platform-jobs-service' };
  const refused = await move.run({ props: { mappings: [{ ...target, ...index }] } });
  expect(refused.code).toBe(2);
  expect(refused.result.findings).toEqual([
    {
      level: 'refuses',
      code: 'mapping/schema',
      text:
        'Schema jobs-service of database sonataflow has tables and no mapping says where they go; ' +
        'map it, to its own name if it keeps it.',
    },
  ]);
  await expectProven(
    [
      { ...target, ...index },
      { ...target, ...jobs },
    ],
    [
      {
        database: 'sonataflow',
        target: 'backstage_plugin_orchestrator',
        tables: 4,
        rows: 120004,
        equal: true,
      },
    ],
  );
  expect(tablesOf('backstage_plugin_orchestrator')).toEqual([
    'sonataflow-platform-data-index-service.big 60000',
    'sonataflow-platform-data-index-service.small 2',
    'sonataflow-platform-jobs-service.big 60000',
    'sonataflow-platform-jobs-service.small 2',
  ]);
});

test('schemas take names that others give up, and what is said of their parts is compared', async () => {
  move.source.query('CREATE DATABASE backstage');
  move.source.query(
    `CREATE SCHEMA a; CREATE SCHEMA b;
     CREATE TABLE public.t (x text CONSTRAINT filled CHECK (x <> '')); CREATE TABLE a.t (y text); CREATE TABLE b.t (z text);
     INSERT INTO public.t VALUES ('of public'); INSERT INTO a.t VALUES ('of a'); INSERT INTO b.t VALUES ('of b');
     COMMENT ON CONSTRAINT filled ON public.t IS 'a rule'; COMMENT ON SCHEMA a IS 'first'`,
    'backstage',
  );
  const from = (sourceSchema: string, targetSchema: string) => ({
    sourceDatabase: 'backstage',
    sourceSchema,
    targetDatabase: 'moved',
    targetSchema,
  });
  const mappings = [from('a', 'b'), from('b', 'public'), from('public', 'a')];
  expect((await move.run({ props: { mappings }, command: 'preflight' })).result.outcome).toBe('ready');
  for (const outcome of ['proven', 'proven']) {
    expect((await move.run({ props: { mappings } })).result.outcome).toBe(outcome);
  }
  expect(move.target.query('TABLE b.t UNION ALL TABLE public.t UNION ALL TABLE a.t', 'moved')).toEqual([
    'of a',
    'of b',
    'of public',
  ]);
  move.target.query(
    `COMMENT ON CONSTRAINT filled ON a.t IS 'another'; COMMENT ON SCHEMA b IS 'another'`,
    'moved',
  );
  const { report } = await move.run({ props: { mappings } });
  expect(report?.databases[0].differences.map(({ text }: any) => JSON.parse(text).comment).sort()).toEqual([
    'schema a another',
    'schema a first',
    'table constraint filled on public.t a rule',
    'table constraint filled on public.t another',
  ]);
});

describe('extensions that mapped schemas need', () => {
  /** Names with indexes that only pg_trgm has, a default of uuid-ossp, and a table that is copied on its own. */
  const fillWords = (database: string, schema: string, extension = schema) =>
    move.source.query(
      `CREATE SCHEMA IF NOT EXISTS "${schema}"; CREATE SCHEMA IF NOT EXISTS "${extension}";
       CREATE EXTENSION pg_trgm SCHEMA "${extension}"; CREATE EXTENSION "uuid-ossp" SCHEMA "${extension}";
       CREATE TABLE "${schema}".words (id uuid DEFAULT "${extension}".uuid_generate_v4() PRIMARY KEY, word text);
       INSERT INTO "${schema}".words (word) SELECT 'word ' || i FROM generate_series(1, 500) AS i;
       CREATE INDEX words_trgm ON "${schema}".words USING gin (word "${extension}".gin_trgm_ops);
       CREATE VIEW "${schema}".alike AS SELECT "${extension}".similarity(word, 'word') FROM "${schema}".words`,
      database,
    );
  const found = (database: string, schema: string) =>
    move.target.query(
      `SELECT count(*) FROM "${schema}".words WHERE word LIKE '%ord 4%'; SELECT count(*) FROM "${schema}".alike`,
      database,
    );

  async function run(mappings: DatabaseMapping[], env?: Record<string, string>): Promise<string[]> {
    const { result, output } = await move.run({ props: { mappings }, env });
    expect({ outcome: result.outcome, output }).toEqual({ outcome: 'proven', output });
    return result.findings.map(({ level, code, text }: any) => `${level} ${code}: ${text}`);
  }

  test('come along from databases of plugins to schemas of one database', async () => {
    move.source.query(`CREATE DATABASE ${catalog}; CREATE DATABASE ${app}`);
    fillWords(catalog, 'public');
    fillWords(app, 'public');
    move.source.query('CREATE EXTENSION cube; CREATE EXTENSION earthdistance', app);
    const mappings = [
      { sourceDatabase: catalog, targetDatabase: 'backstage', targetSchema: 'catalog' },
      { sourceDatabase: app, targetDatabase: 'backstage', targetSchema: 'app%s' },
    ];
    const shared = (extension: string) =>
      `notes mapping/extension: Extension "${extension}" is needed by databases "${app}", "${catalog}", which become schemas of "backstage". A database has it in one schema: queries of the others find its functions and operators by the name of that schema only.`;
    const notes = [
      shared('pg_trgm'),
      shared('uuid-ossp'),
      `notes mapping/left-out: The mapping of database ${app} copies what belongs to its schemas, so not this: extension cube, which nothing in them depends on, extension earthdistance, which nothing in them depends on.`,
    ];
    const tried = await move.run({ props: { mappings }, command: 'preflight' });
    expect(tried.result.outcome).toBe('ready');
    for (const moveBigTableBytes of ['1', '1000000']) {
      expect((await run(mappings, { MOVE_BIG_TABLE_BYTES: moveBigTableBytes })).sort()).toEqual(
        [...notes].sort(),
      );
      for (const schema of ['catalog', 'app%s']) expect(found('backstage', schema)).toEqual(['111', '500']);
      // What was proven is proven again.
      expect((await run(mappings, { MOVE_BIG_TABLE_BYTES: moveBigTableBytes })).sort()).toEqual(
        [...notes].sort(),
      );
      move.target.query(
        `DROP SCHEMA public; ALTER SCHEMA catalog RENAME TO public; DELETE FROM public.words;
         UPDATE cdk8s_rhdh.move SET state = 'copying' WHERE source_database = '${catalog}'`,
        'backstage',
      );
      expect((await run(mappings, { MOVE_BIG_TABLE_BYTES: moveBigTableBytes })).sort()).toEqual(
        [...notes].sort(),
      );
      for (const schema of ['catalog', 'app%s']) expect(found('backstage', schema)).toEqual(['111', '500']);
      move.target.query('DROP DATABASE backstage');
    }
  });

  test.each(['public', 'extensions', 'catalog'])(
    'come along from schema %s to databases of plugins',
    async (schema) => {
      move.source.query('CREATE DATABASE backstage');
      fillWords('backstage', 'catalog', schema);
      fill('backstage', 'app');
      const mappings = [
        { sourceDatabase: 'backstage', sourceSchema: 'catalog', targetDatabase: catalog },
        { sourceDatabase: 'backstage', sourceSchema: 'app', targetDatabase: app },
      ];
      const notes = [
        `notes mapping/left-out: The mapping of database backstage copies what belongs to its schemas, so not this: extension pg_trgm, which nothing in them depends on, extension uuid-ossp, which nothing in them depends on.`,
      ];
      expect((await move.run({ props: { mappings }, command: 'preflight' })).result.outcome).toBe('ready');
      expect(await run(mappings)).toEqual(notes);
      expect(await run(mappings)).toEqual(notes);
      expect(found(catalog, 'public')).toEqual(['111', '500']);
      expect(
        move.target.query("SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY 1", catalog),
      ).toEqual(['pg_trgm', 'uuid-ossp']);
      expect(move.target.query("SELECT extname FROM pg_extension WHERE extname <> 'plpgsql'", app)).toEqual(
        [],
      );
    },
  );

  test.each([
    ['a superuser has made', 'CREATE EXTENSION pg_trgm; CREATE EXTENSION "uuid-ossp"'],
    ['the login makes', 'SELECT 1'],
  ])('come along to `public` where %s them and the login is none', async (_, sql) => {
    move.source.query('CREATE DATABASE backstage');
    fillWords('backstage', 'catalog', 'public');
    move.target.query(`CREATE ROLE hub LOGIN CREATEDB PASSWORD 'p'; CREATE DATABASE ${catalog} OWNER hub`);
    move.target.query(sql, catalog);
    const options = {
      props: {
        mappings: [{ sourceDatabase: 'backstage', sourceSchema: 'catalog', targetDatabase: catalog }],
      },
      targetLogin: { user: 'hub', password: 'p' },
    };
    expect((await move.run({ ...options, command: 'preflight' })).result.outcome).toBe('ready');
    // What was proven is proven again.
    for (const outcome of ['proven', 'proven']) {
      expect((await move.run(options)).result.outcome).toBe(outcome);
    }
    expect(found(catalog, 'public')).toEqual(['111', '500']);
  });

  test.each([
    ['a superuser has made', `CREATE DATABASE backstage OWNER hub`, 'CREATE EXTENSION pg_trgm'],
    ['the login makes', 'SELECT 1', 'SELECT 1'],
  ])('that %s, and several databases need, are refused to a login that is none', async (_, made, sql) => {
    move.source.query(`CREATE DATABASE ${catalog}; CREATE DATABASE ${app}`);
    for (const database of [catalog, app]) {
      move.source.query(
        'CREATE EXTENSION pg_trgm; CREATE TABLE w (t text); CREATE INDEX ON w USING gin (t gin_trgm_ops)',
        database,
      );
    }
    move.target.query("CREATE ROLE hub LOGIN CREATEDB PASSWORD 'p'");
    move.target.query(made);
    if (made !== 'SELECT 1') move.target.query(sql, 'backstage');
    const mappings = [
      { sourceDatabase: catalog, targetDatabase: 'backstage', targetSchema: 'catalog' },
      { sourceDatabase: app, targetDatabase: 'backstage', targetSchema: 'app' },
    ];
    for (const command of ['preflight', undefined]) {
      const { result } = await move.run({
        command,
        props: { mappings },
        targetLogin: { user: 'hub', password: 'p' },
      });
      expect(result.findings.filter(({ level }: any) => level === 'refuses')).toEqual([
        {
          level: 'refuses',
          code: 'mapping/extension',
          text: `Extension "pg_trgm" is in a schema of databases "${app}", "${catalog}" that "backstage" gets under another name. Only a superuser can move it from one to the next, and role hub is none: map one of them to another database, or give the extension a schema of its own in the source (ALTER EXTENSION ... SET SCHEMA).`,
        },
      ]);
    }
  });

  test('that an administrator put into the database are taken, by a login that may not make them', async () => {
    move.source.query('CREATE DATABASE backstage');
    fillWords('backstage', 'catalog', 'public');
    move.target.query(
      `CREATE ROLE hub LOGIN PASSWORD 'p'; CREATE DATABASE ${catalog} OWNER hub; CREATE DATABASE ${app} OWNER hub`,
    );
    move.target.query('CREATE EXTENSION pg_trgm; CREATE EXTENSION "uuid-ossp"', catalog);
    const mappings = [
      {
        sourceDatabase: 'backstage',
        sourceSchema: 'catalog',
        targetDatabase: catalog,
        targetSchema: 'catalog',
      },
    ];
    const options = { props: { mappings }, targetLogin: { user: 'hub', password: 'p' } };
    expect((await move.run({ ...options, command: 'preflight' })).result.outcome).toBe('ready');
    expect((await move.run(options)).result.outcome).toBe('proven');
    expect(found(catalog, 'catalog')).toEqual(['111', '500']);
  });
});
