import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { Cluster } from './cluster';
import { configMap, deployment, job } from './faults/objects';
import { Scene } from './faults/scene';

const program = join(__dirname, '../../cli/build/main.js');

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
});
afterAll(() => cluster.close());

/** Runs the command line on a terminal of its own (`script`, of util-linux). */
async function onTerminal(scene: Scene, command: string, env: Record<string, string> = {}) {
  const { PATH, HOME } = process.env;
  const line = `stty rows 50 cols 200; '${process.execPath}' '${program}' ${command} '${scene.folder}'`;
  const run = promisify(execFile)('script', ['--quiet', '--return', '--command', line, '/dev/null'], {
    env: { PATH, HOME, TERM: 'xterm', KUBECONFIG: scene.kubeconfig, ...env },
  });
  const { stdout, code } = await run.then(
    ({ stdout }) => ({ stdout, code: 0 }),
    (error: { stdout: string; code: number }) => error,
  );
  return { code, output: stdout, text: stripVTControlCharacters(stdout).replaceAll('\r', '') };
}

// eslint-disable-next-line no-control-regex -- a colour begins with one
const colour = /\u001b\[3[1-7]m/;

test('on a terminal each stage is a task that ends with a tick, and shows what it waits for', async () => {
  const scene = await Scene.open(cluster, { operators: false });
  scene.write('0000-settings.yaml', configMap('settings', { key: 'value' }));
  scene.write('0100-hub.yaml', deployment('hub', undefined, '1s'));

  const { code, output, text } = await onTerminal(scene, 'apply --yes');

  expect(code).toBe(0);
  expect(text).toMatch(/✔ 0000-settings \d/);
  expect(text).toMatch(/› Deployment\/hub waiting: 0 of 1 pods are available/);
  expect(text).toMatch(/✔ 0100-hub \d/);
  expect(output).toMatch(colour);
});

test('a stage that fails ends with a cross and its report below', async () => {
  const scene = await Scene.open(cluster, { operators: false });
  await cluster.writeLogs(scene.namespace, 'main', ['FATAL: password authentication failed']);
  scene.write('0000-copy.yaml', job('copy', 'fail'));

  const { code, text } = await onTerminal(scene, 'apply --yes');

  expect(code).toBe(3);
  expect(text).toMatch(/✖ 0000-copy/);
  expect(text).toMatch(/0000-copy: failed\n {2}Job\/copy: BackoffLimitExceeded/);
  expect(text).toContain('FATAL: password authentication failed');
  expect(text).toMatch(/To continue: cdk8s-rhdh apply --yes/);
});

test('NO_COLOR takes the colours away, of the task list and of a plan', async () => {
  const scene = await Scene.open(cluster, { operators: false });
  scene.write('0000-settings.yaml', configMap('settings', { key: 'value' }));

  expect((await onTerminal(scene, 'plan')).output).toMatch(colour);
  const plain = await onTerminal(scene, 'plan', { NO_COLOR: '1' });
  expect(plain.code).toBe(2);
  expect(plain.output).not.toMatch(colour);
  expect(plain.text).toMatch(
    /^cluster https:\S+ \(v1\.\d+\.\d+\), namespace fault-\S+\n0000-settings: 1 object\n {2}\+ create ConfigMap\/settings\n1 to create\n$/,
  );
  expect((await onTerminal(scene, 'apply --yes', { NO_COLOR: '1' })).output).not.toMatch(colour);
});
