import { randomBytes } from 'node:crypto';
import { Cluster } from './cluster';
import { cli } from './faults/cli';
import { configMap } from './faults/objects';
import { FaultProxy } from './faults/proxy';
import { Scene } from './faults/scene';

let cluster: Cluster;
let scene: Scene;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
});
beforeEach(async () => {
  scene = await Scene.open(cluster, { operators: false });
});
afterAll(() => cluster.close());

const apply = (...options: string[]) => cli(scene.kubeconfig, 'apply', scene.folder, '--yes', ...options);

/** Which of the stages a, b and c were applied. */
async function applied(): Promise<string[]> {
  const found = await Promise.all(['a', 'b', 'c'].map((name) => scene.read('v1', 'ConfigMap', name)));
  return found.flatMap((object) => object?.metadata.name ?? []);
}

function writeThreeStages(): void {
  scene.write('0000-a.yaml', configMap('a', {}));
  scene.write('0100-b.yaml', configMap('b', {}));
  scene.write('0200-c.k8s.yaml', configMap('c', {}));
}

test.each([
  [
    ['--from', '0100-b'],
    ['b', 'c'],
  ],
  [
    ['--to', '100'],
    ['a', 'b'],
  ],
  [['--from', '0100-b.yaml', '--to', '0100-b'], ['b']],
])('%j applies the stages %j', async (options, names) => {
  writeThreeStages();
  expect(await apply(...options)).toMatchObject({ code: 0, stderr: '' });
  expect(await applied()).toEqual(names);
});

test.each([
  [['--from', '0300'], '--from 0300 names no stage:\n  - there are: 0000-a, 0100-b, 0200-c\n'],
  [['--from', '0200', '--to', '0100'], 'No stage is left to apply:\n  - 0200-c comes after 0100-b\n'],
])('%j is refused with what there is', async (options, message) => {
  writeThreeStages();
  expect(await apply(...options)).toMatchObject({ code: 1, stderr: message });
  expect(await applied()).toEqual([]);
});

test('--dry-run shows the plan and writes nothing', async () => {
  writeThreeStages();
  const proxy = await FaultProxy.start(cluster);
  const kubeconfig = cluster.kubeconfigFor({ namespace: scene.namespace, server: proxy.server });

  const ended = await cli(kubeconfig, 'apply', scene.folder, '--dry-run');

  expect(ended).toMatchObject({ code: 0, stderr: '' });
  expect(ended.stdout).toMatch(/0200-c: 1 object\n {2}\+ create ConfigMap\/c\n3 to create\n$/);
  expect(proxy.writes).toEqual([]);
  await proxy.stop();
});

test('a namespace that is missing is made with --create-namespace, and refused without', async () => {
  const name = `made-${randomBytes(4).toString('hex')}`;
  scene.write('0000-a.yaml', { ...configMap('a', {}), metadata: { name: 'a', namespace: name } });
  const namespace = { apiVersion: 'v1', kind: 'Namespace', name };

  const refused = await apply();
  expect(refused.code).toBe(1);
  expect(refused.stdout).toContain(
    `error: there is no namespace ${name}\n      Create it with --create-namespace, or: oc new-project ${name}\n`,
  );
  expect(await cluster.client.read(namespace)).toBeUndefined();

  expect(await apply('--create-namespace')).toMatchObject({ code: 0, stderr: '' });
  expect(
    await cluster.client.read({ apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: name }),
  ).toBeDefined();
  await cluster.client.delete(namespace);
});
