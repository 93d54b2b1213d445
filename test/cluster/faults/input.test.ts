import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Cluster } from '../cluster';
import { cli } from './cli';
import { configMap } from './objects';
import { Scene } from './scene';

let cluster: Cluster;
let scene: Scene;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
});
beforeEach(async () => {
  scene = await Scene.open(cluster, { operators: false });
  scene.write('0000-settings.yaml', configMap('settings', { key: 'value' }));
});
afterEach(async () => {
  expect(await scene.read('v1', 'ConfigMap', 'settings')).toBeUndefined();
});
afterAll(() => cluster.close());

const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x, x]',
  ...'bcdefghi'.split('').map((name, index) => {
    const former = 'abcdefgh'[index];
    return `${name}: &${name} [${Array(10).fill(`*${former}`).join(', ')}]`;
  }),
].join('\n');
const header = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: b }\n';

test.each([
  ['A malformed file', '0100-b.yaml', 'apiVersion: [v1\n', '0100-b.yaml:2: not valid YAML'],
  ['A document without a kind', '0100-b.yaml', 'apiVersion: v1\nmetadata: { name: b }\n', 'kind is missing'],
  [
    'The same object twice in a file',
    '0100-b.yaml',
    `${header}---\n${header}`,
    'ConfigMap/b is already in line 1',
  ],
  ['A YAML bomb', '0100-b.yaml', `${header}data:\n${bomb.replace(/^/gm, '  ')}\n`, 'aliases'],
  ['A document of 10 MB', '0100-b.yaml', `${header}data: { key: ${'x'.repeat(10_000_000)} }\n`, 'MiB'],
  [
    'A name with a path',
    '0100-b.yaml',
    header.replace('name: b', "name: '../../../secrets/x'"),
    '../../../secrets/x',
  ],
  ['A file without a number', 'b.yaml', header, 'does not start with a number'],
  ['A file name with control characters', '0100-\u001b[2J.yaml', 'a: [\n', '0100-'],
])('%s is refused where it stands before anything is written', async (_, file, content, message) => {
  scene.write(file, content);

  const ended = await cli(scene.kubeconfig, 'apply', scene.folder, '--yes');

  expect(ended.code).toBe(1);
  expect(ended.output).toContain(message);
  expect(ended.output).not.toContain('\u001b[2J');
  expect(ended.output).not.toContain('    at ');
});

test('a link to a file that is not there is refused', async () => {
  symlinkSync('/nonexistent', join(scene.folder, '0100-b.yaml'));
  const ended = await cli(scene.kubeconfig, 'apply', scene.folder, '--yes');
  expect(ended.code).toBe(1);
  expect(ended.output).toContain('0100-b.yaml');
  expect(ended.output).not.toContain('    at ');
});

test.each([
  ['A directory without files', () => cluster.createFolder()],
  ['A directory that does not exist', () => '/nonexistent'],
])('%s is refused with what to do', async (_, folder) => {
  const ended = await cli(scene.kubeconfig, 'apply', folder(), '--yes');
  expect(ended.code).toBe(1);
  expect(ended.output).toContain('npm run synth');
});
