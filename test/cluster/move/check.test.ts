import type { KubernetesObject } from '../client';
import { Cluster } from '../cluster';
import { workflow } from './move-bundles';
import { MoveScene } from './move-scene';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
});
afterEach(() => MoveScene.closeAll());
afterAll(() => cluster.close());

test('sessions that are left on the old server, and services without one on the new, are named until they are right', async () => {
  const party = (side: string, database: string, application: string) => ({
    side,
    database,
    user: 'postgres',
    address: '10.1.2.3',
    application,
    count: 2,
  });
  const sessions = [party('source', 'backstage_plugin_orchestrator', 'PostgreSQL JDBC Driver')];
  const scene = await MoveScene.open(cluster, {
    answers: { sessions: () => ({ outcome: 'done', sessions }) },
  });

  const ended = await scene.cli('migrate', '--yes', '--force-conflicts');

  expect(`${ended.code} ${ended.output}`).toMatch(/^3 /);
  expect(ended.output).toContain(
    [
      'Why it ended: not everything is on the new server yet',
      '  - Backstage/developer-hub has no session on the new server',
      '  - Deployment/sonataflow-platform-data-index-service has no session on the new server',
      '  - Deployment/sonataflow-platform-jobs-service has no session on the new server',
      '  - 2 sessions are still on the old server: postgres in backstage_plugin_orchestrator from 10.1.2.3 (PostgreSQL JDBC Driver)',
      'The hub is on the new server, or on its way there.',
      'To continue once that is fixed: cdk8s-rhdh migrate',
    ].join('\n'),
  );
  expect(ended.output).toMatch(/To go back: cdk8s-rhdh rollback \S+ --yes --force-conflicts\n$/);
  const status = (await scene.cli('status')).stdout;
  expect(status).toMatch(/move, switch: done at 2\S+Z, after [\d.]+ s\n/);
  expect(status).toMatch(
    /move, check: failed at 2\S+Z, after [\d.]+ s \(not everything is on the new server yet/,
  );

  delete scene.answers.sessions;
  await scene.succeed('migrate', '--yes', '--force-conflicts');
  expect(await scene.steps()).toContain('check done');
});

test('a workflow that still points at the old server is named with what to do, and nobody applies or destroys before', async () => {
  const legacy = (where: 'old' | 'new', namespace?: string) =>
    ({ ...workflow(where), metadata: { name: 'legacy', namespace } }) as KubernetesObject;
  const scene = await MoveScene.open(cluster, { neighbours: [legacy('old')] });
  expect((await scene.cli('destroy', '--yes')).output).toContain('nothing of it was moved');

  const ended = await scene.cli('migrate', '--yes', '--force-conflicts');

  expect(`${ended.code} ${ended.output}`).toMatch(/^3 /);
  expect(ended.output).toContain(
    'Why it ended: not everything is on the new server yet\n' +
      '  - SonataFlow/legacy still names the old server: deploy the workflow again with its persistence on the new server, then scale it up\n',
  );
  for (const command of ['apply', 'destroy']) {
    const refused = await scene.cli(command, '--yes');
    expect(`${refused.code} ${refused.output}`).toMatch(/^1 /);
    expect(refused.output).toContain('cdk8s-rhdh rollback');
  }

  await cluster.client.apply(legacy('new', scene.namespace), 'kubectl');
  await scene.succeed('migrate', '--yes', '--force-conflicts');
  expect(await scene.steps()).toContain('check done');
  await scene.succeed('apply', '--yes');
  await scene.succeed('destroy', '--dry-run');
});
