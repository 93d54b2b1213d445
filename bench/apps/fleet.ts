// Arguments: number of hubs, folder. Prints the milliseconds that they took, without loading, and the most memory in MiB.
import { join } from 'node:path';
import { labPlugins, lastBeforeOrchestrator } from '../../lab/dynamic-plugins';
import { labAppConfig, labEnvs, labFiles } from '../../lab/hub';
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
  Workflow,
} from '../../lib';

const flow = {
  start: 'greet',
  functions: [{ name: 'greet', type: 'custom', operation: 'sysout' }],
  states: [{ name: 'greet', type: 'operation', actions: [{ functionRef: { refName: 'greet' } }], end: true }],
};

/** The lab's procedure for one team, its workflow as a resource: five bundles. */
function hubOf(team: string, outdir: string): HubApp {
  const app = new HubApp({ outdir });
  const namespace = `rhdh-${team}`;
  const server = new Stage(app, StageKind.POSTGRES, { namespace });
  const postgres = new PostgresStatefulSet(server, 'postgres', {
    name: `${team}-postgres`,
    secretName: `${team}-postgres-login`,
    credentials: Credentials.generated(),
  });
  const backstage = new Stage(app, StageKind.BACKSTAGE, { namespace });
  const hub = new Hub(backstage, 'hub', {
    name: team,
    release: RhdhRelease.V1_8,
    plugins: labPlugins,
    dynamicPluginsRoot: new DynamicPluginsRoot(backstage, 'dynamic-plugins-root'),
    appConfig: labAppConfig,
    extraFiles: labFiles,
    extraEnvs: labEnvs,
  });
  hub.trust(CertificateAuthority.fromConfigMap('kube-root-ca.crt'));
  hub.connect(postgres);
  new Lightspeed(backstage, 'lightspeed', { hub });
  const sonataflow = new Stage(app, StageKind.SONATAFLOW, { namespace });
  new OrchestratorNetworkPolicies(sonataflow, 'network-policies');
  const platform = new SonataFlowPlatform(sonataflow, 'platform', { postgres });
  const orchestrator = new Stage(app, StageKind.ORCHESTRATOR, { namespace });
  new OrchestratorPlugins(orchestrator, 'plugins', { hub, platform, after: lastBeforeOrchestrator });
  const workflows = new Stage(app, StageKind.WORKFLOWS, { namespace });
  new Workflow(workflows, 'greeting', {
    name: 'greeting',
    platform,
    flow,
    image: 'quay.io/example/greeting:1.0',
  });
  return app;
}

const [count, folder] = process.argv.slice(-2);
const begin = process.hrtime.bigint();
for (let number = 1; number <= Number(count); number += 1) {
  const team = `team-${String(number).padStart(4, '0')}`;
  hubOf(team, join(folder, team)).synth();
}
const milliseconds = Number(process.hrtime.bigint() - begin) / 1e6;
console.log(JSON.stringify({ milliseconds, memory: process.resourceUsage().maxRSS / 1024 }));
