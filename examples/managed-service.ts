/**
 * A new hub on a managed PostgreSQL (RDS, Azure, Cloud SQL), with verified TLS and a login from a vault.
 *
 *   CDK8S_OUTDIR=dist-example npm run synth -- examples/managed-service.ts
 */
import {
  CertificateAuthority,
  Credentials,
  DynamicPlugins,
  ExternalPostgres,
  Hub,
  HubApp,
  OrchestratorNetworkPolicies,
  OrchestratorPlugins,
  PostgresAddress,
  PostgresTls,
  RhdhRelease,
  SonataFlowPlatform,
  Stage,
  StageKind,
} from 'cdk8s-rhdh';

const app = new HubApp();
const namespace = 'developer-hub';

// The provider's bundle of certificates is in a ConfigMap; External Secrets Operator brings the login.
const server = new Stage(app, StageKind.POSTGRES, { namespace });
const postgres = new ExternalPostgres(server, 'postgres', {
  address: PostgresAddress.fromHost('hub.abc123.eu-central-1.rds.amazonaws.com'),
  tls: PostgresTls.verifyFull(CertificateAuthority.fromConfigMap('rds-ca', 'global-bundle.pem')),
  credentials: Credentials.externalSecret({ storeName: 'vault', remoteKey: 'developer-hub/postgres' }),
  maxConnections: 200,
});

const backstage = new Stage(app, StageKind.BACKSTAGE, { namespace });
const hub = new Hub(backstage, 'hub', {
  name: 'developer-hub',
  release: RhdhRelease.V1_9,
  replicas: 2,
  plugins: DynamicPlugins.of({
    plugins: [{ package: './dynamic-plugins/dist/backstage-plugin-notifications-backend-dynamic' }],
  }),
  appConfig: { configMaps: [{ name: 'app-config' }] },
  extraEnvs: { secrets: [{ name: 'hub-secrets' }] },
  connectionPools: { plugins: 10, maxPerPlugin: 5 },
});
hub.connect(postgres);

const sonataflow = new Stage(app, StageKind.SONATAFLOW, { namespace });
new OrchestratorNetworkPolicies(sonataflow, 'network-policies');
const platform = new SonataFlowPlatform(sonataflow, 'platform', { postgres });

const orchestrator = new Stage(app, StageKind.ORCHESTRATOR, { namespace });
new OrchestratorPlugins(orchestrator, 'plugins', { hub, platform });

app.synth();
console.log(app.summary());
