import {
  Credentials,
  DatabaseMigration,
  DynamicPlugins,
  Hub,
  HubApp,
  LocalPostgres,
  OrchestratorPlugins,
  PostgresStatefulSet,
  RhdhRelease,
  SonataFlowPlatform,
  Stage,
  StageKind,
} from '../../lib';

export const hubName = 'developer-hub';
export const backendSecret = 'token-of-a-service';

/** Writes the bundles of a move from the operator's database to one of our own. */
export function writeMove(folder: string, namespace: string): void {
  const app = new HubApp({ outdir: folder });
  const stage = (kind: StageKind) => new Stage(app, kind, { namespace });
  const postgres = new PostgresStatefulSet(stage(StageKind.POSTGRES), 'postgres', {
    name: 'hub-postgres',
    credentials: Credentials.generated(),
  });
  const migration = stage(StageKind.MIGRATION);
  new DatabaseMigration(migration, 'migration', {
    source: new LocalPostgres(migration, 'local', { hub: hubName }),
    target: postgres,
    name: hubName,
  });
  const hub = new Hub(stage(StageKind.BACKSTAGE), 'hub', {
    name: hubName,
    release: RhdhRelease.V1_8,
    plugins: DynamicPlugins.of({ plugins: [{ package: './plugin-a' }] }),
    extraEnvs: { envs: [{ name: 'BACKEND_SECRET', value: backendSecret }] },
  });
  hub.connect(postgres);
  const platform = new SonataFlowPlatform(stage(StageKind.SONATAFLOW), 'platform', { postgres });
  new OrchestratorPlugins(stage(StageKind.ORCHESTRATOR), 'plugins', { hub, platform });
  app.synth();
}

/** The hub before the move, as somebody once wrote it by hand, and its plugins. */
export const formerHub = (pluginsConfigMap: string) => [
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: pluginsConfigMap },
    data: {
      'dynamic-plugins.yaml':
        'plugins: [{ package: "@redhat/backstage-plugin-orchestrator-backend-dynamic@1.8.2", disabled: false }]\n',
    },
  },
  {
    apiVersion: 'rhdh.redhat.com/v1alpha4',
    kind: 'Backstage',
    metadata: { name: hubName },
    spec: {
      application: {
        dynamicPluginsConfigMapName: pluginsConfigMap,
        extraEnvs: { envs: [{ name: 'BACKEND_SECRET', value: backendSecret }] },
      },
    },
  },
];
