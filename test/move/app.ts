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
import { backstageVersion, flavours } from '../cluster/move/move-bundles';
import { orchestratorBackend } from '../cluster/operators/plugin-list';
import type { OperatorRelease } from '../cluster/operators/releases';

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
export const formerHub = (pluginsConfigMap: string, release: OperatorRelease) => [
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: pluginsConfigMap },
    data: {
      'dynamic-plugins.yaml': `plugins: [{ package: "${orchestratorBackend[release]}", disabled: false }]\n`,
    },
  },
  {
    apiVersion: backstageVersion[release],
    kind: 'Backstage',
    metadata: { name: hubName },
    spec: {
      ...flavours(release),
      application: {
        dynamicPluginsConfigMapName: pluginsConfigMap,
        extraEnvs: { envs: [{ name: 'BACKEND_SECRET', value: backendSecret }] },
      },
    },
  },
];
