import { Cluster } from '../cluster';
import { MoveScene } from './move-scene';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
});
afterEach(() => MoveScene.closeAll());
afterAll(() => cluster.close());

const refusal = { level: 'refuses', code: 'copy/x', text: 'the target has no room' };

test('What the Job finds beforehand is told, and the hub is not touched', async () => {
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
