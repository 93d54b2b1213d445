/**
 * A hub whose YAML is in Git already. Everything in the files survives; only the database changes.
 *
 *   CDK8S_OUTDIR=dist-example npm run synth -- examples/existing-yaml.ts
 */
import {
  AdoptedHub,
  Credentials,
  HubApp,
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
