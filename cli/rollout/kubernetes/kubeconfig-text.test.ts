import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubeconfigText } from './kubeconfig-text';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
  file = join(folder, 'config');
});
afterEach(() => rmSync(folder, { recursive: true }));

const noServer = 'clusters[0].cluster.server is not a text';

test.each([
  ['is not YAML', 'a: [\n', /^line \d+, column \d+: /],
  ['is a text', 'text', 'it is no kubeconfig, which is a map'],
  ['is a list', '- a', 'it is no kubeconfig, which is a map'],
  ['has contexts that are no list', 'contexts: 5', 'contexts is not a list'],
  ['has a cluster that is null', 'clusters: [null]', 'clusters[0] has no cluster that is a map'],
  ['has a context that is empty', 'contexts: [{ name: a }]', 'contexts[0] has no context that is a map'],
  ['has a user without name', 'users: [{ user: {} }]', 'users[0].name is not a text'],
  ['has a cluster without server', 'clusters: [{ name: c, cluster: {} }]', noServer],
  ['has a server that is a number', 'clusters: [{ name: c, cluster: { server: 5 } }]', noServer],
])('a kubeconfig that %s is refused in words', (_, text, message) => {
  writeFileSync(file, text);
  expect(() => kubeconfigText(file)).toThrow(message);
});

test('what is no file is named', () => {
  expect(() => kubeconfigText(file)).toThrow('there is no such file');
  mkdirSync(file);
  expect(() => kubeconfigText(file)).toThrow('it is a folder, not a file');
  const itself = join(folder, 'itself');
  symlinkSync('itself', itself);
  expect(() => kubeconfigText(itself)).toThrow('it is a link to itself');
});

test('a device that never ends is given up, one that is empty names nothing', () => {
  expect(() => kubeconfigText('/dev/zero')).toThrow('it has more than 8 MiB, so it is no kubeconfig');
  expect(kubeconfigText('/dev/null')).toBe('{}');
});

test('a pipe is read to its end, however late', async () => {
  spawnSync('mkfifo', [file]);
  const text = `# ${'x'.repeat(200_000)}\n{}\n`;
  const write = `setTimeout(() => fs.writeFileSync(${JSON.stringify(file)}, '# ' + 'x'.repeat(200_000) + '\\n{}\\n'), 300)`;
  const writer = spawn(process.execPath, ['-e', write]);
  expect(kubeconfigText(file)).toBe(text);
  await once(writer, 'close');
});

test('a pipe that nobody writes into is given up', () => {
  spawnSync('mkfifo', [file]);
  jest.spyOn(Date, 'now').mockReturnValueOnce(0);
  expect(() => kubeconfigText(file)).toThrow('it is a pipe into which nobody wrote for 10 s');
  jest.restoreAllMocks();
});

test.each(['', '\n', '# nothing'])('%j names nothing', (text) => {
  writeFileSync(file, text);
  expect(kubeconfigText(file)).toBe('{}');
});

test.each(['{}', 'clusters: null', 'clusters: [{ name: c, cluster: { server: "https://a:6443" } }]'])(
  '%j is read as it is',
  (text) => {
    writeFileSync(file, text);
    expect(kubeconfigText(file)).toBe(text);
  },
);
