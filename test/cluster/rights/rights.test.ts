import { Cluster } from '../cluster';
import { job } from '../faults/objects';
import { Scene } from '../faults/scene';
import { Account } from './account';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
});
afterAll(() => cluster.close());

/** What the Job of `verify` prints (test/jobs/verify.test.ts runs it against a server). */
const answer = {
  version: '15.14',
  ssl: false,
  tls: null,
  databases: ['backstage_plugin_catalog', 'backstage_plugin_orchestrator', 'postgres', 'rhdh-ls'],
  database: 'backstage_plugin_catalog',
  schemas: ['public'],
  connections: [{ database: 'backstage_plugin_catalog', address: '192.0.2.9', ssl: false, count: 3 }],
};

/** The lock of a rollout that was killed on another machine some time ago. */
const leftLock = {
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  metadata: { name: 'cdk8s-rhdh' },
  spec: { holderIdentity: 'somebody', leaseDurationSeconds: 30, renewTime: '2026-01-01T00:00:00.000000Z' },
};

const secret = 'my-backstage-psql-secret-developer-hub';
/** The rights that a Role of the bundles gives, without which nobody may apply it. */
const granted = ['create', 'get', 'patch'].map((verb) => `${verb} secrets/${secret}`);
/** Asked for where a hub is on its local database. */
const localDatabase = 'get statefulsets/backstage-psql-developer-hub';
/** To try in a dry run what does not exist. */
const creations = [
  'backstages/developer-hub',
  'configmaps/dynamic-plugins-rhdh',
  'networkpolicies/allow-external-communication',
  'networkpolicies/allow-infra-ns-to-workflow-ns',
  'networkpolicies/allow-intra-network',
  'networkpolicies/allow-monitoring-to-sonataflow-and-workflows',
  'persistentvolumeclaims/dynamic-plugins-root',
  `rolebindings/generate-${secret}`,
  `roles/generate-${secret}`,
  `serviceaccounts/generate-${secret}`,
  'services/my-backstage-psql-developer-hub',
  'sonataflowplatforms/sonataflow-platform',
  'statefulsets/my-backstage-psql-developer-hub',
].map((object) => `create ${object}`);

/** What the runs below need by right, and not by chance. */
const rarelyUsed: Readonly<Record<string, readonly string[]>> = {
  // A binding cannot be tried before its role is there.
  plan: [`create rolebindings/generate-${secret}`, ...granted, localDatabase].sort(),
  // These Jobs do not fail, so they are not replaced.
  apply: [
    ...[
      'create-lightspeed-database-developer-hub',
      'create-sonataflow-database-developer-hub',
      `generate-${secret}`,
    ].map((name) => `delete jobs/${name}`),
    ...granted.filter((use) => !use.startsWith('get ')),
    localDatabase,
  ].sort(),
  status: [],
  // Everything exists, its Job succeeds, and the operators' pods refer to what is not read here.
  verify: [
    ...creations,
    ...granted.filter((use) => !use.startsWith('get ')),
    'get configmaps/lightspeed-stack',
    'list events/',
    'patch jobs/fails',
  ].sort(),
  // No workflow, no local database, no lock that somebody left; what is owned by none of the targets is not waited for.
  destroy: [
    'delete sonataflows/',
    'get sonataflows/',
    'list secrets/backstage-psql-secret-developer-hub',
    'update leases/cdk8s-rhdh',
    'watch jobs/',
    'watch networkpolicies/',
    'watch secrets/backstage-psql-secret-developer-hub',
    'watch sonataflows/',
    'watch statefulsets/',
  ],
};

async function sceneWithDist(): Promise<Scene> {
  const scene = await Scene.open(cluster);
  scene.useDist();
  await cluster.writeLogs(scene.namespace, 'verify', [JSON.stringify(answer)]);
  return scene;
}

test('each command on dist/ needs the rights that are printed for it, all of them and no others', async () => {
  const scene = await sceneWithDist();
  const { namespace } = scene;
  scene.write('9000-fails.yaml', job('fails', 'fail'));
  const codes: Record<string, unknown[]> = {};
  const unused: Record<string, string[]> = {};
  const denied: string[] = [];
  const run = async (command: string, ...runs: string[][]) => {
    const account = await Account.open(cluster, scene, command);
    codes[command] = [];
    for (const options of runs) {
      const { code } = await account.run(...options);
      codes[command].push(code);
    }
    unused[command] = account.unused();
    denied.push(...account.denied);
    await account.close();
  };

  await run('plan', []);
  await cluster.client.apply({ ...leftLock, metadata: { ...leftLock.metadata, namespace } });
  // The second run finds a Job that has failed, and replaces it.
  await run('apply', ['--yes'], ['--yes']);
  await run('status', []);
  await run('verify', []);
  await run('destroy', ['--yes']);
  await scene.close();

  expect(codes).toEqual({ plan: [2], apply: [3, 3], status: [3], verify: [3], destroy: [0] });
  expect(denied).toEqual([]);
  expect(unused).toEqual(rarelyUsed);
});

test('without the optional rights the commands work as well', async () => {
  const scene = await sceneWithDist();
  const codes: Record<string, number | null> = {};
  for (const [command, ...options] of [
    ['plan'],
    ['apply', '--yes'],
    ['status'],
    ['verify'],
    ['destroy', '--yes'],
  ]) {
    const account = await Account.open(cluster, scene, command!, '--no-optional');
    const { code } = await account.run(...options);
    codes[command!] = code;
    await account.close();
  }
  await scene.close();
  expect(codes).toEqual({ plan: 2, apply: 0, status: 0, verify: 0, destroy: 0 });
});
