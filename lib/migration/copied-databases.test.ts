import { DatabaseMigration, type DatabaseMigrationProps, LocalPostgres, Stage, StageKind } from '..';
import { adopted, database, withAppConfig } from '../../test/unit/adopted-app';
import { objectOf } from '../../test/unit/stage';
import { problemsOf } from '../../test/unit/valid-app';

/** An app that moves a hub with `settings` of its database. */
function moved(
  settings: object | undefined,
  props: Partial<DatabaseMigrationProps> = {},
  backstage = withAppConfig,
) {
  let migration: DatabaseMigration | undefined;
  const files = { backstage, appConfig: settings && database(settings) };
  const app = adopted(files, undefined, {
    after: (hub, { node }) => {
      const stage = new Stage(node.root, StageKind.MIGRATION, { namespace: 'rhdh' });
      const source = new LocalPostgres(stage, 'local', { hub: 'hub' });
      migration = new DatabaseMigration(stage, 'migration', {
        source,
        target: hub.database!,
        name: 'hub',
        ...props,
      });
    },
  })();
  const lines = (variable: string) => {
    const [container] = objectOf(migration!, 'Job').spec.template.spec.containers;
    return container.env.find(({ name }: { name: string }) => name === variable).value.split('\n');
  };
  const included = () => lines('MOVE_INCLUDE');
  const maintenance = () => lines('TARGET_MAINTENANCE_DATABASE');
  return { app, included, maintenance, problems: problemsOf(app) };
}

const others = ['backstage_plugin_orchestrator', 'rhdh-ls', 'sonataflow'];
const rule = '[0100-migration/migration] migration/hub-databases: ';

test.each<[string, object, string[]]>([
  ['nothing', {}, ['backstage_plugin_*']],
  ['a prefix', { prefix: 'blue_' }, ['blue_*']],
  ['a prefix from a variable with a default', { prefix: '${ORDERS_PREFIX:-green*}' }, ['green?*']],
  [
    'the database of a plugin',
    { plugin: { catalog: { connection: { database: 'entities' } }, auth: { connection: { ssl: true } } } },
    ['backstage_plugin_*', 'entities'],
  ],
  ['a database that counts for nobody', { connection: { database: 'postgres' } }, ['backstage_plugin_*']],
  ['one database', { pluginDivisionMode: 'schema', connection: { database: 'rhdh' } }, ['rhdh']],
  [
    'one database, and another for a plugin',
    {
      pluginDivisionMode: 'schema',
      connection: { database: 'rhdh' },
      plugin: { catalog: { connection: { database: 'entities' } } },
    },
    ['rhdh', 'entities'],
  ],
])('of a hub whose configuration names %s, what it opens is copied', (_, settings, patterns) => {
  const { included, problems } = moved(settings);
  expect(problems).toEqual([]);
  expect(included()).toEqual([...patterns, ...others]);
});

test('the one database of a hub in schema mode is where the target is looked at first', () => {
  expect(moved({}).maintenance()).toEqual(['postgres']);
  const settings = { pluginDivisionMode: 'schema', connection: { database: 'rhdh' } };
  expect(moved(settings).maintenance()).toEqual(['rhdh', 'postgres']);
});

test('what a migration makes need not be created by the hub', () => {
  expect(moved({ ensureExists: false }).problems).toEqual([]);
});

test('a move from databases to schemas copies what the mappings name, to where the hub looks for it', () => {
  const settings = { pluginDivisionMode: 'schema', connection: { database: 'rhdh' } };
  const mapping = (plugin: string) => ({
    sourceDatabase: `backstage_plugin_${plugin}`,
    targetDatabase: 'rhdh',
    targetSchema: plugin,
  });
  const { included, problems } = moved(settings, { mappings: [mapping('catalog'), mapping('auth')] });
  expect(problems).toEqual([]);
  expect(included()).toEqual(others);
});

test('a schema that the hub would not open is refused', () => {
  const settings = { pluginDivisionMode: 'schema', connection: { database: 'rhdh' } };
  const wrong = {
    sourceDatabase: 'backstage_plugin_catalog',
    targetDatabase: 'hub',
    targetSchema: 'entities',
  };
  expect(moved(settings, { mappings: [wrong] }).problems).toEqual([
    `${rule}backstage_plugin_catalog goes to schema 'entities' of database 'hub', but hub hub opens schema 'catalog' of database ` +
      "'rhdh'; write targetDatabase: 'rhdh', targetSchema: 'catalog'",
  ]);
});

test('a prefix that is stated must be that of the hub', () => {
  expect(moved({ prefix: 'blue_' }, { databasePrefix: 'blue_' }).problems).toEqual([]);
  expect(moved({ prefix: 'blue_' }, { databasePrefix: 'green_' }).problems).toEqual([
    `${rule}databasePrefix is 'green_', but hub hub opens databases that begin with 'blue_'; leave it out`,
  ]);
  const schemas = { pluginDivisionMode: 'schema', connection: { database: 'rhdh' } };
  expect(moved(schemas, { databasePrefix: 'green_' }).problems).toEqual([
    `${rule}databasePrefix is 'green_', but hub hub keeps its plugins in schemas of database 'rhdh'; leave it out, or map each: ` +
      "{ sourceDatabase: 'green_catalog', targetDatabase: 'rhdh', targetSchema: 'catalog' }",
  ]);
});

test.each<[string, object, string]>([
  ['a prefix', { prefix: '${NAME}' }, 'prefix'],
  [
    'the database of a plugin',
    { plugin: { catalog: { connection: { database: '${NAME}' } } } },
    'plugin.catalog.connection.database',
  ],
  [
    'the one database of schema mode',
    { pluginDivisionMode: 'schema', connection: { database: '${NAME}' } },
    'connection.database',
  ],
  ['whether there are schemas', { pluginDivisionMode: '${NAME}' }, 'pluginDivisionMode'],
  ['the settings of a plugin', { plugin: { catalog: '${NAME}' } }, 'plugin.catalog'],
  ['the settings of all plugins', { plugin: '${NAME}' }, 'plugin'],
])('%s that only the cluster knows is refused', (_, settings, path) => {
  const backstage = withAppConfig.replace(
    'application: {',
    'application: { extraEnvs: { secrets: [{ name: more, key: NAME }] },',
  );
  expect(moved(settings, {}, backstage).problems).toEqual([
    `${rule}ConfigMap config, app-config.yaml, line 1: backend.database.${path} is key NAME of Secret more, so what hub hub opens ` +
      'is not known here; write it there itself',
  ]);
});

test('a configuration that is not in the app is named', () => {
  const { app, problems } = moved(undefined);
  expect(problems).toEqual([]);
  expect(app.warnings).toEqual([
    '[0100-migration/migration] ConfigMap config of hub hub is not in the app, so nobody looks for names of databases in it ' +
      '(backend.database.prefix and others); give its file, or state databasePrefix',
  ]);
  const stated = moved(undefined, { databasePrefix: 'blue_' });
  expect([stated.problems, stated.app.warnings]).toEqual([[], []]);
});
