import { parseMove, standingOf } from '../../../cli/rollout/state/move-state';
import { steps } from '../../../cli/rollout/move/steps/table';
import { Cluster } from '../cluster';
import { Run } from '../faults/cli';
import { endState } from '../faults/end-state';
import { FaultProxy, type Seen } from '../faults/proxy';
import { MoveScene } from './move-scene';

let cluster: Cluster;
let proxy: FaultProxy;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
  proxy = await FaultProxy.start(cluster);
});
afterEach(() => MoveScene.closeAll());
afterAll(async () => {
  await proxy.stop();
  await cluster.close();
});

/**
 * A point of a step, which says in the cluster that it begins (record 1) and that it is done (record 2): a write that
 * does not get through, or whose answer is lost.
 */
interface Point {
  /** Which record it is. @default - the first write after record 1 */
  readonly record?: number;
  readonly cut: 'before' | 'done';
}

const begun: Point = { record: 1, cut: 'done' };
const inTheMiddle: Point = { cut: 'done' };
const doneUnknown: Point = { record: 2, cut: 'before' };
const done: Point = { record: 2, cut: 'done' };
const all = [begun, inTheMiddle, doneUnknown, done];
/** What has no undoing is recorded once. */
const ofRecordAlone: Point[] = [
  { record: 1, cut: 'before' },
  { record: 1, cut: 'done' },
];

const isRecord = ({ url }: Seen) => url.includes('/configmaps/cdk8s-rhdh-move?');
const isWrite = ({ method, url }: Seen) => method !== 'GET' && !/dryRun=All|\/selfsubject|\/leases/.test(url);

/** Runs a command and kills it (SIGKILL) at a point of the step that comes after some records. */
async function killAt(scene: MoveScene, command: string, point: Point, recordsBefore: number): Promise<void> {
  const kubeconfig = cluster.kubeconfigFor({ namespace: scene.namespace, server: proxy.server });
  const run = new Run(kubeconfig, [command, scene.folder, '--yes', '--force-conflicts']);
  let records = -recordsBefore;
  let isOver = false;
  proxy.fault = (request) => {
    if (!isWrite(request) || isOver) return undefined;
    if (isRecord(request)) records++;
    const isThere =
      point.record === undefined ? records === 1 && !isRecord(request) : records === point.record;
    // Where a step writes nothing, its middle is before it says that it is done.
    isOver = isThere || records === 2;
    if (!isOver) return undefined;
    const cut = isThere ? point.cut : 'before';
    if (cut === 'before') run.kill('SIGKILL');
    else void run.killWhenAnswered(request);
    return { cut };
  };
  const { code, output } = await run.ended;
  proxy.fault = () => undefined;
  if (code !== null) throw new Error(`${command} was not killed, it ended with ${code}:\n${output}`);
}

/** How many records a run makes before it comes to a step: a hub that was not touched yet begins anew. */
async function recordsBefore(scene: MoveScene, index: number): Promise<number> {
  const state = parseMove((await scene.read('v1', 'ConfigMap', 'cdk8s-rhdh-move')) as never);
  return state === undefined || standingOf(state) === 'prepared' ? 2 * index : 0;
}

/** What stands in the scene's namespace, without the addresses that its pods got. */
async function standing({ namespace }: MoveScene): Promise<unknown> {
  const text = JSON.stringify(await endState(cluster.client, namespace));
  return JSON.parse(text.replace(/\b10\.128\.\d+\.\d+/g, '<address>')) as unknown;
}

test('a move that is killed at every point of every step ends as an undisturbed one, and so does its way back', async () => {
  const undisturbed = await MoveScene.open(cluster);
  const scene = await MoveScene.open(cluster);
  const former = await scene.former();
  await undisturbed.succeed('migrate', '--yes', '--force-conflicts');

  for (const [index, { name }] of steps.entries()) {
    for (const point of all) await killAt(scene, 'migrate', point, await recordsBefore(scene, index));
    expect(await scene.steps()).toContain(`${name} done`);
  }
  await scene.succeed('migrate', '--yes', '--force-conflicts');

  await scene.untilRunning();
  await undisturbed.untilRunning();
  expect(await standing(scene)).toEqual(await standing(undisturbed));

  const first = steps.findIndex(({ undo }) => undo !== undefined);
  for (const { name, undo } of steps.slice(first).reverse()) {
    for (const point of undo ? all : ofRecordAlone) await killAt(scene, 'rollback', point, 0);
    expect(await scene.steps()).toContain(`${name} undone`);
  }
  await scene.succeed('rollback', '--yes');
  await undisturbed.succeed('rollback', '--yes');

  expect(await scene.former()).toEqual(former);
  await scene.untilRunning();
  await undisturbed.untilRunning();
  expect(await standing(scene)).toEqual(await standing(undisturbed));
}, 900_000);
