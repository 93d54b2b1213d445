import {
  CertificateAuthority,
  Credentials,
  DynamicPluginsRoot,
  Hub,
  HubApp,
  Lightspeed,
  OrchestratorNetworkPolicies,
  OrchestratorPlugins,
  PostgresStatefulSet,
  RhdhRelease,
  SonataFlowPlatform,
  Stage,
  StageKind,
  WorkflowHelmValues,
} from './lib';
import { labPlugins, lastBeforeOrchestrator } from './lab/dynamic-plugins';
import { labAppConfig, labEnvs, labFiles } from './lab/hub';

const app = new HubApp();
const namespace = 'rhdh-gitlab';
const password = process.env.PG_ADMIN_PASS;

const server = new Stage(app, StageKind.POSTGRES, { namespace });
const postgres = new PostgresStatefulSet(server, 'postgres', {
  name: 'my-backstage-psql-developer-hub',
  secretName: 'my-backstage-psql-secret-developer-hub',
  credentials: password === undefined ? Credentials.generated() : Credentials.plainText(password),
});

const backstage = new Stage(app, StageKind.BACKSTAGE, { namespace });
const hub = new Hub(backstage, 'hub', {
  name: 'developer-hub',
  release: RhdhRelease.V1_8.withZStream('1.8.4'),
  replicas: 1,
  plugins: labPlugins,
  dynamicPluginsRoot: new DynamicPluginsRoot(backstage, 'dynamic-plugins-root'),
  appConfig: labAppConfig,
  extraFiles: labFiles,
  extraEnvs: labEnvs,
  route: { enabled: true },
  monitoring: true,
});
hub.trust(CertificateAuthority.fromConfigMap('kube-root-ca.crt'));
hub.connect(postgres);
new Lightspeed(backstage, 'lightspeed', { hub });

const sonataflow = new Stage(app, StageKind.SONATAFLOW, { namespace });
new OrchestratorNetworkPolicies(sonataflow, 'network-policies', { openDatabase: true });
const platform = new SonataFlowPlatform(sonataflow, 'platform', {
  postgres,
  databaseJobName: 'create-sonataflow-database-developer-hub',
});

const orchestrator = new Stage(app, StageKind.ORCHESTRATOR, { namespace });
new OrchestratorPlugins(orchestrator, 'plugins', { hub, platform, after: lastBeforeOrchestrator });

const workflows = new Stage(app, StageKind.WORKFLOWS, { namespace });
new WorkflowHelmValues(workflows, 'greeting', {
  name: 'greeting',
  platform,
  imageRepository: 'quay.io/orchestrator/serverless-workflow-greeting',
  imageTag: 'aed62dee57d8b9f52caa01fd1283e161c3c89614',
});

app.synth();
console.log(app.summary());
app.warnings.forEach((warning) => console.warn(`Warning: ${warning}`));
