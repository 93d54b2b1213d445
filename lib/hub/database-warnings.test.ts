import {
  Credentials,
  DatabaseMigration,
  ExternalPostgres,
  LocalPostgres,
  PostgresAddress,
  PostgresTls,
  RhdhRelease,
  Stage,
  StageKind,
} from '..';
import { adopted, type AdoptedChanges, database, withAppConfig } from '../../test/unit/adopted-app';
import { problemsOf } from '../../test/unit/valid-app';

const whole = { credentials: Credentials.fromSecret('login') };
const hub = '[0200-backstage/hub] ';

const warnings = (settings: object, changes: AdoptedChanges = {}) =>
  adopted({ appConfig: database(settings) }, PostgresTls.disable(), { ...whole, ...changes })().warnings;

test('a token as the password is what azure means, said with what it cannot serve', () => {
  const settings = { connection: { type: 'azure', password: null } };
  const backstage = withAppConfig.replace('v1alpha4', 'v1alpha5');
  const app = adopted({ backstage, appConfig: database(settings) }, PostgresTls.require(), {
    ...whole,
    release: RhdhRelease.V1_10,
  })();
  expect(problemsOf(app)).toEqual([]);
  expect(app.warnings).toContain(
    "[0200-backstage/hub] ConfigMap config, app-config.yaml, line 1: backend.database.connection.type is 'azure': the hub gets a " +
      'token as its password by itself, and only the hub can; Jobs, sidecars and SonataFlow use the password of Secret login, ' +
      'so that user must have one, too',
  );
});

test('a hub that looks for its databases from postgres, which is not the maintenance database, is told so', () => {
  const changes = { maintenanceDatabase: 'portal', databasesExist: true };
  const warning =
    `${hub}Backstage itself looks for its databases from database postgres, not from 'portal', and does not start ` +
    'where the login may not connect there; then write backend.database.ensureExists: false';
  const schemas = { pluginDivisionMode: 'schema', connection: { database: 'portal' } };
  expect(warnings({}, changes)).toEqual([warning]);
  expect(warnings(schemas, changes)).toEqual([
    `${warning}, and ensureSchemaExists: true, by which it makes the schemas of its plugins`,
  ]);
  expect(warnings({ ...schemas, ensureExists: false, ensureSchemaExists: true }, changes)).toEqual([]);
  expect(warnings({}, { maintenanceDatabase: 'postgres' })).toEqual([]);
});

test('a copy by another login than that of the hub is told', () => {
  const after: AdoptedChanges['after'] = (_hub, { node }) => {
    const stage = new Stage(node.root, StageKind.MIGRATION, { namespace: 'rhdh' });
    const target = new ExternalPostgres(stage, 'target', {
      address: PostgresAddress.fromHost('db.example.com'),
      tls: PostgresTls.disable(),
      credentials: Credentials.fromSecret('admin'),
    });
    const source = new LocalPostgres(stage, 'local', { hub: 'hub' });
    new DatabaseMigration(stage, 'databases', { name: 'hub', source, target });
  };
  expect(warnings({}, { after })).toEqual([
    `${hub}what is copied belongs to the user of Secret admin, and the hub logs in by Secret login; they must be one user, or ` +
      'give the hub the target of the DatabaseMigration',
  ]);
});

test('a role of the hub is told beside a copy, which belongs to the login', () => {
  const after: AdoptedChanges['after'] = (hub, { node }) => {
    const stage = new Stage(node.root, StageKind.MIGRATION, { namespace: 'rhdh' });
    const source = new LocalPostgres(stage, 'local', { hub: 'hub' });
    new DatabaseMigration(stage, 'migration', { source, target: hub.database!, name: 'hub' });
  };
  const settings = { plugin: { catalog: { role: 'portal' } } };
  expect(warnings(settings)).toEqual([]);
  expect(warnings(settings, { after })).toEqual([
    `${hub}ConfigMap config, app-config.yaml, line 1: backend.database.plugin.catalog.role is 'portal', as which the hub acts, ` +
      'while what is copied belongs to the user of Secret login; make the role a member of that user, or leave it out',
  ]);
});
