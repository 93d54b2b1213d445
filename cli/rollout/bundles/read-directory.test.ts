import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProblemsError } from '../findings/problem';
import { readDirectory } from './read-directory';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'bundles-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const write = (file: string, text: string) => writeFileSync(join(directory, file), text);
const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;
const report = () =>
  readDirectory(directory).then(
    () => 'accepted',
    (error: ProblemsError) => error.message.replaceAll(directory, 'dist'),
  );

test('numbered files are stages in the order of their numbers, and folders and other files are left alone', async () => {
  write('1000-last.k8s.yaml', configMap('d'));
  write('200-second.yml', `${configMap('b')}---\n${configMap('c')}`);
  write('0000-first.k8s.yaml', configMap('a'));
  write('README.md', '# no YAML');
  write('.hidden.yaml', 'not: read');
  mkdirSync(join(directory, 'helm'));
  const bundles = await readDirectory(directory);
  expect(
    bundles.map(({ stage, file, manifests }) => [
      stage,
      file,
      ...manifests.map((m) => m.object.metadata.name),
    ]),
  ).toEqual([
    ['0000-first', '0000-first.k8s.yaml', 'a'],
    ['200-second', '200-second.yml', 'b', 'c'],
    ['1000-last', '1000-last.k8s.yaml', 'd'],
  ]);
});

test('the items of a List are objects of the bundle', async () => {
  write(
    '0000-x.yaml',
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [{ ...parsed('a') }, { ...parsed('b') }] }),
  );
  const [bundle] = await readDirectory(directory);
  expect(bundle?.manifests.map(({ object, line }) => [object.metadata.name, line])).toEqual([
    ['a', 1],
    ['b', 1],
  ]);
});

const parsed = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });

test('an empty directory is refused', async () => {
  expect(await report()).toBe(
    `dist cannot be applied:
  - no YAML file in dist
      Name the directory of the synthesized bundles: run \`npm run synth\`, then use \`dist\`.`,
  );
});

test('a directory that does not exist is refused', async () => {
  const missing = join(directory, 'nothing');
  await expect(readDirectory(missing)).rejects.toThrow(
    `${missing} cannot be read:
  - there is no such directory
      Name the directory of the synthesized bundles: run \`npm run synth\`, then use \`dist\`.`,
  );
});

test('a file where a directory should be is refused', async () => {
  write('0000-a.yaml', configMap('a'));
  await expect(readDirectory(join(directory, '0000-a.yaml'))).rejects.toThrow(
    'it is a file, not a directory',
  );
});

test('everything that is wrong in all files comes in one report', async () => {
  write('0000-a.yaml', `${configMap('same')}---\n${configMap('same')}---\nmetadata: {name: x}\n`);
  write('0100-b.yaml', '# only a comment\n');
  write('0200-c.yaml', 'a: [\n');
  write('0300-d.yaml', configMap('../../secrets/x').replace('v1', 'apps/one'));
  write('0400-e.yaml', '- a list\n');
  write('unnumbered.yaml', configMap('a'));
  expect(await report()).toBe(
    `dist cannot be applied:
  - unnumbered.yaml: its name does not start with a number, so its place in the sequence is unknown
      Name it like 0200-backstage.k8s.yaml, or move it out of the directory.
  - 0000-a.yaml:11: kind is missing
      Write the kind, for example: kind: ConfigMap
  - 0000-a.yaml:11: apiVersion is missing
      Write group and version, for example: apiVersion: apps/v1
  - 0000-a.yaml:6: ConfigMap/same is already in line 1 of the same file
      Keep one of them: the second would overwrite the first.
  - 0100-b.yaml: it holds no object
  - 0200-c.yaml:2: not valid YAML at column 1: Flow sequence in block collection must be sufficiently indented and end with a ]
  - 0300-d.yaml:1: apiVersion is "apps/one"
      Write group and version, for example: apiVersion: apps/v1
  - 0300-d.yaml:1: metadata.name is "../../secrets/x"
      Give it a fixed metadata.name of at most 253 characters, without / and %.
  - 0400-e.yaml:1: a document that is a list, not a Kubernetes object`,
  );
});

test('what is no file is named, and not opened', async () => {
  execFileSync('mkfifo', [join(directory, '0000-pipe.yaml')]);
  symlinkSync('/dev/zero', join(directory, '0100-device.yaml'));
  symlinkSync(directory, join(directory, '0200-folder.yaml'));
  symlinkSync('nowhere', join(directory, '0300-nothing.yaml'));
  symlinkSync('0400-itself.yaml', join(directory, '0400-itself.yaml'));
  expect(await report()).toBe(
    `dist cannot be applied:
  - 0000-pipe.yaml: it is a pipe, not a file
  - 0100-device.yaml: it is a device, not a file
  - 0200-folder.yaml: it is a folder, not a file
  - 0300-nothing.yaml: it is a link to nothing
  - 0400-itself.yaml: it is a link to itself`,
  );
});

test('a hostile file name cannot write to the terminal', async () => {
  write('0000-\u001b[2Jx\u202e.yaml', 'metadata: {}\nkind: ConfigMap\napiVersion: v1\n');
  expect(await report()).toBe(
    `dist cannot be applied:
  - 0000-\\u001b[2Jx\\u202e.yaml:1: metadata.name is missing
      Give it a fixed metadata.name of at most 253 characters, without / and %.`,
  );
});

test('bytes that are no text are refused with their place; a byte order mark, UTF-16 and CRLF are read', async () => {
  const text = configMap('a').replaceAll('\n', '\r\n');
  write('0000-a.yaml', `\ufeff${text}`);
  writeFileSync(join(directory, '0100-b.yaml'), Buffer.from(`\ufeff${configMap('b')}`, 'utf16le'));
  const bundles = await readDirectory(directory);
  expect(bundles.flatMap(({ manifests }) => manifests.map((m) => m.object.metadata.name))).toEqual([
    'a',
    'b',
  ]);

  writeFileSync(join(directory, '0200-c.yaml'), Buffer.from(`${configMap('c')}# Grüße`, 'latin1'));
  expect(await report()).toBe(
    `dist cannot be applied:
  - 0200-c.yaml:5: not valid YAML at column 5: byte 0xfc (in Latin-1 it is 'ü') is not UTF-8; save the file as UTF-8`,
  );
});

test('an object larger than etcd stores is refused', async () => {
  write('0000-x.yaml', `${configMap('a')}data: {k: ${'x'.repeat(2_000_000)}}\n`);
  expect(await report()).toBe(
    `dist cannot be applied:
  - 0000-x.yaml:1: an object of 1.9 MiB; Kubernetes stores at most 1.5 MiB`,
  );
});

test('a file whose List is empty holds no object', async () => {
  write('0000-x.yaml', 'apiVersion: v1\nkind: List\nitems: []\n');
  expect(await report()).toBe('dist cannot be applied:\n  - 0000-x.yaml: it holds no object');
});

test('of 200,000 documents that have the same mistake, one problem is told', async () => {
  write('0000-x.yaml', '5\n---\n'.repeat(200_000));
  expect(await report()).toBe(
    `dist cannot be applied:
  - 0000-x.yaml:1 and 199999 other places: a document that is a number, not a Kubernetes object`,
  );
});
