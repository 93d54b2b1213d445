import { Cluster } from '../cluster';
import { deployment } from '../faults/objects';
import { MoveScene } from './move-scene';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
});
afterEach(() => MoveScene.closeAll());
afterAll(() => cluster.close());

const refusal = { level: 'refuses', code: 'copy/x', text: 'the target has no room' };

test.each([
  ['cannot fence', 'fence', { outcome: 'refused', findings: [refusal] }, ['fence']],
  ['finds both sides unequal', 'copy', { outcome: 'unequal', findings: [refusal] }, ['fence', 'copy']],
  [
    'fails as often as it may',
    'copy',
    { outcome: 'failed', findings: [refusal] },
    ['fence', 'copy', 'copy', 'copy'],
  ],
] as const)(
  'when the Job %s, the hub runs again as before with the same owners of its fields, and another run moves it',
  async (_, command, answer, commands) => {
    const scene = await MoveScene.open(cluster, {
      hubSpec: { deployment: { patch: { spec: { replicas: 2 } } } },
      answers: { [command]: () => answer },
    });
    const former = await scene.former();

    const ended = await scene.cli('migrate', '--yes', '--force-conflicts');

    expect(`${ended.code} ${ended.output}`).toMatch(/^3 /);
    expect(ended.output).toContain('error: the target has no room\n');
    expect(ended.output).toContain('make the old server writable again: done\n');
    expect(ended.output).toContain('start everything as before: done\n');
    expect(ended.output).toMatch(
      new RegExp(
        `Why it ended: the Job's ${command} ended as ${answer.outcome}\n {2}- the target has no room\n` +
          'The hub runs as before; nothing was switched.\n' +
          'To continue once that is fixed: cdk8s-rhdh migrate \\S+ --yes --force-conflicts\n$',
      ),
    );
    expect(scene.commands).toEqual(['preflight', ...commands, 'unfence']);
    expect(await scene.former()).toEqual(former);
    await scene.untilRunning();
    expect((await scene.running())['backstage-developer-hub']).toBe(2);

    delete scene.answers[command];
    await scene.succeed('migrate', '--yes', '--force-conflicts');
    expect((await scene.hub())!.spec.database).toEqual({ enableLocalDb: false });
    expect((await scene.hub())!.spec.deployment).toEqual({ patch: { spec: { replicas: 2 } } });
  },
);

test('what the Job finds beforehand is told, and the hub is not touched', async () => {
  const scene = await MoveScene.open(cluster, {
    answers: { preflight: () => ({ outcome: 'refused', findings: [refusal] }) },
  });
  const former = await scene.former();

  const ended = await scene.cli('migrate', '--yes', '--force-conflicts');

  expect(ended.code).toBe(1);
  expect(ended.output).toContain('error: the target has no room');
  expect(scene.commands).toEqual(['preflight']);
  expect(await scene.former()).toEqual(former);
  await scene.untilRunning();
});

test('a new server that does not become ready ends the move before the hub is touched', async () => {
  const scene = await MoveScene.open(cluster);
  scene.write('0050-server.yaml', deployment('hub-postgres', 'never-ready'));
  const former = await scene.former();

  const ended = await scene.cli('migrate', '--yes', '--force-conflicts', '--timeout', '3s');

  expect(`${ended.code} ${ended.output}`).toMatch(/^4 /);
  expect(ended.output).toMatch(
    /Why it ended: 0050-server was not ready in time\nThe hub runs as before; nothing was switched.\nTo continue once that is fixed: /,
  );
  expect(scene.commands).toEqual([]);
  expect(await scene.former()).toEqual(former);
});

test('nobody who could be asked is no consent: nothing is stopped', async () => {
  const scene = await MoveScene.open(cluster);
  const former = await scene.former();

  const ended = await scene.cli('migrate', '--force-conflicts');

  expect(`${ended.code} ${ended.output}`).toMatch(/^1 /);
  expect(ended.output).toContain('1 databases, 3.0 GiB; about 4 min');
  expect(ended.output).toContain(
    'Stopped for as long as the copy takes: Backstage/developer-hub, SonataFlowPlatform/sonataflow-platform, SonataFlow/greeting.',
  );
  expect(ended.output).toContain('--yes');
  expect(await scene.former()).toEqual(former);
});

test('a hub that its operator does not stop is given back as it was', async () => {
  const scene = await MoveScene.open(cluster);
  await scene.stopOperators();
  const former = await scene.former();

  const patient = ['--timeout', '5s', '--patience', '2s'];
  const ended = await scene.cli('migrate', '--yes', '--force-conflicts', ...patient);

  expect(`${ended.code} ${ended.output}`).toMatch(/^4 /);
  expect(ended.output).toContain('Why it ended: not everything stopped in time (do the operators run?)');
  expect(ended.output).toContain('The hub runs as before; nothing was switched.');
  expect(scene.commands).toEqual(['preflight']);
  expect(await scene.former()).toEqual(former);
});
