/**
 * A hub with data on the operator's local database moves to a PostgreSQL of its own, with all of it. Its YAML is in
 * Git already.
 *
 *   CDK8S_OUTDIR=dist-example npm run synth -- examples/move.ts
 *   npx cdk8s-rhdh migrate dist-example
 */
import {
  AdoptedHub,
  Credentials,
  DatabaseMigration,
  HubApp,
  LocalPostgres,
  PostgresStatefulSet,
  RhdhRelease,
  Stage,
  StageKind,
} from 'cdk8s-rhdh';

const app = new HubApp();
const namespace = 'team-hub';
const files = 'examples/existing-yaml';

const server = new Stage(app, StageKind.POSTGRES, { namespace });
const postgres = new PostgresStatefulSet(server, 'postgres', {
  name: 'hub-postgres',
  credentials: Credentials.generated(),
});

const migration = new Stage(app, StageKind.MIGRATION, { namespace });
new DatabaseMigration(migration, 'databases', {
  name: 'team-hub',
  source: new LocalPostgres(migration, 'local', { hub: 'team-hub' }),
  target: postgres,
});

const backstage = new Stage(app, StageKind.BACKSTAGE, { namespace });
const hub = new AdoptedHub(backstage, 'hub', {
  release: RhdhRelease.V1_8,
  backstageFile: `${files}/backstage.yaml`,
  dynamicPluginsFile: `${files}/dynamic-plugins.yaml`,
  appConfigFiles: [`${files}/app-config.yaml`],
});
hub.connect(postgres);

app.synth();
console.log(app.summary());
