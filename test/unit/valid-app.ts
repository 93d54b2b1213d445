import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import {
  Credentials,
  DynamicPlugins,
  Hub,
  HubApp,
  type HubProps,
  OrchestratorPlugins,
  PostgresStatefulSet,
  type PostgresStatefulSetProps,
  RhdhRelease,
  SonataFlowPlatform,
  type SonataFlowPlatformProps,
  Stage,
  StageKind,
} from '../../lib';
import { TestFolder } from './folder';

const folder = new TestFolder();

/** What a test may change in the app below. */
export interface Changes {
  readonly namespace?: string;
  readonly postgres?: Partial<PostgresStatefulSetProps>;
  readonly hub?: Partial<HubProps>;
  readonly connect?: boolean;
  readonly platform?: Partial<SonataFlowPlatformProps>;
}

/** A hub with database and orchestrator, valid unless changed. */
export function validApp(changes: Changes = {}) {
  const app = new HubApp({ outdir: mkdtempSync(join(folder.path, 'app-')) });
  const namespace = changes.namespace ?? 'rhdh';
  const stage = (kind: StageKind) => new Stage(app, kind, { namespace });
  const server = stage(StageKind.POSTGRES);
  const postgres = new PostgresStatefulSet(server, 'postgres', {
    name: 'hub-postgres',
    credentials: Credentials.fromSecret('hub-postgres-login'),
    ...changes.postgres,
  });
  const backstage = stage(StageKind.BACKSTAGE);
  const hub = new Hub(backstage, 'hub', {
    name: 'hub',
    release: RhdhRelease.V1_8,
    plugins: DynamicPlugins.of({ plugins: [{ package: './plugin-a' }] }),
    ...changes.hub,
  });
  if (changes.connect ?? true) hub.connect(postgres);
  const sonataflow = stage(StageKind.SONATAFLOW);
  const platform = new SonataFlowPlatform(sonataflow, 'platform', { postgres, ...changes.platform });
  const orchestrator = stage(StageKind.ORCHESTRATOR);
  new OrchestratorPlugins(orchestrator, 'plugins', { hub, platform });
  return { app, namespace, server, backstage, sonataflow, orchestrator, postgres, hub, platform };
}

/** The problems that synthesis reports, one an element, without indentation. */
export function problemsOf(app: HubApp): string[] {
  try {
    app.synth();
    return [];
  } catch (error) {
    const [first, ...rest] = (error as Error).message.split('\n');
    if (!/^The app has \d+ problems?; nothing was written\.$/.test(first)) throw error;
    return rest.map((line) => line.trim());
  }
}
