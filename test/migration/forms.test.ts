import type { DatabaseMapping } from '../../lib';
import { Move } from './move';

let move: Move;

beforeEach(async () => {
  move = await Move.start();
});

afterEach(() => move.remove());

const [CATALOG, APP] = ['backstage_plugin_catalog', 'backstage_plugin_app'];

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
  move.source.query(`CREATE DATABASE ${CATALOG}; CREATE DATABASE ${APP}`);
  fill(CATALOG, 'public');
  fill(APP, 'public');
  const mappings = [
    { sourceDatabase: CATALOG, targetDatabase: 'backstage', targetSchema: 'catalog' },
    { sourceDatabase: APP, targetDatabase: 'backstage', targetSchema: 'app' },
  ];
  const databases = [CATALOG, APP].map((database) => ({
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
  await expectProven(mappings, expect.arrayContaining([byName(CATALOG), byName(APP)]));
  expect(move.target.query(files, 'backstage')).toEqual(before);

  const written = async () => (await move.run({ props: { mappings }, command: 'written' })).result.written;
  expect(await written()).toEqual([]);
  move.target.query('DELETE FROM app.small', 'backstage');
  expect(await written()).toEqual([
    { database: 'backstage', table: 'app.small', inserted: 0, updated: 0, deleted: 2 },
  ]);

  move.target.query(
    `DROP SCHEMA public; ALTER SCHEMA app RENAME TO public; DELETE FROM public.big WHERE id > 100;
     UPDATE cdk8s_rhdh.move SET state = 'copying' WHERE source_database = '${APP}'`,
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
    { sourceDatabase: 'backstage', sourceSchema: 'catalog', targetDatabase: CATALOG },
    { sourceDatabase: 'backstage', sourceSchema: 'app', targetDatabase: APP },
  ];
  const databases = [CATALOG, APP].map((target) => ({
    database: 'backstage',
    target,
    tables: 2,
    rows: 60002,
    equal: true,
  }));
  await expectProven(mappings, expect.arrayContaining(databases));
  await expectProven(mappings, expect.arrayContaining(databases));
  expect([tablesOf(CATALOG), tablesOf(APP)]).toEqual([
    ['public.big 60000', 'public.small 2'],
    ['public.big 60000', 'public.small 2'],
  ]);
  expect(move.target.query('SELECT text FROM small WHERE text IS NOT NULL', APP)).toEqual(['app']);
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
