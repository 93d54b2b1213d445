import { lstatSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { TestFolder } from '../../test/unit/folder';
import type { Bundle } from './bundle';
import { writeBundles } from './write-bundles';

const fs = jest.requireActual<typeof import('node:fs')>('node:fs');
const folder = new TestFolder();
const dist = join(folder.path, 'dist');

beforeEach(() => rmSync(dist, { recursive: true, force: true }));

const firstLine = '# Written by cdk8s-rhdh, which overwrites and removes it: change the app instead.\n';
const bundle = (path: string, content: string): Bundle => ({ path, content, objects: [], command: '' });

test('bundles are written to a folder that is not there yet, and nothing else is', () => {
  writeBundles(dist, [
    bundle('0000-postgres.k8s.yaml', 'one\n'),
    bundle('helm/greeting-values.yaml', 'two\n'),
  ]);
  expect(folder.files('dist')).toEqual({
    '0000-postgres.k8s.yaml': `${firstLine}one\n`,
    'helm/greeting-values.yaml': `${firstLine}two\n`,
  });
});

test('bundles of an earlier form of the app are removed, and files of others stay', () => {
  folder.write('dist/0000-postgres.k8s.yaml', 'old');
  folder.write('dist/0100-migration.k8s.yaml', `${firstLine}old`);
  folder.write('dist/0250-mine.k8s.yaml', 'mine');
  folder.write('dist/helm/gone-values.yaml', `${firstLine}old`);
  folder.write('dist/helm/mine-values.yaml', 'mine');
  folder.write('dist/README.md', 'notes');
  folder.write('dist/kustomization.yaml', 'mine');
  folder.write('dist/helm/notes.txt', 'mine');
  folder.write('dist/more/0000-postgres.k8s.yaml', 'mine');
  writeBundles(dist, [bundle('0000-postgres.k8s.yaml', 'new')]);
  expect(folder.files('dist')).toEqual({
    '0000-postgres.k8s.yaml': `${firstLine}new`,
    '0250-mine.k8s.yaml': 'mine',
    'README.md': 'notes',
    'helm/mine-values.yaml': 'mine',
    'helm/notes.txt': 'mine',
    'kustomization.yaml': 'mine',
    'more/0000-postgres.k8s.yaml': 'mine',
  });
});

test('a folder that is called like a bundle stays', () => {
  folder.write('dist/0100-migration.k8s.yaml/file', 'mine');
  writeBundles(dist, [bundle('0000-postgres.k8s.yaml', 'new')]);
  expect(folder.files('dist')).toEqual({
    '0000-postgres.k8s.yaml': `${firstLine}new`,
    '0100-migration.k8s.yaml/file': 'mine',
  });
});

test('a file that is called like the folder of the Helm values stays', () => {
  folder.write('dist/helm', 'mine');
  writeBundles(dist, [bundle('0000-postgres.k8s.yaml', 'new')]);
  expect(folder.files('dist')).toEqual({ '0000-postgres.k8s.yaml': `${firstLine}new`, helm: 'mine' });
});

test.each<[string, () => void]>([
  [
    'where a later bundle belongs, there is a folder',
    () => mkdirSync(join(dist, '0200-backstage.k8s.yaml'), { recursive: true }),
  ],
  ['where its folder belongs, there is a file', () => folder.write('dist/helm', 'mine')],
  [
    'the temporary file cannot be made',
    () => mkdirSync(join(dist, '0200-backstage.k8s.yaml.tmp'), { recursive: true }),
  ],
])('the old bundles are as they were if %s', (_, spoil) => {
  folder.write('dist/0000-postgres.k8s.yaml', 'old');
  folder.write('dist/0300-sonataflow.k8s.yaml', 'old');
  spoil();
  const before = folder.files('dist');
  const bundles = ['0000-postgres.k8s.yaml', '0200-backstage.k8s.yaml', 'helm/greeting-values.yaml'].map(
    (path) => bundle(path, 'new'),
  );
  expect(() => writeBundles(dist, bundles)).toThrow(dist);
  expect(folder.files('dist')).toEqual(before);
});

test('a bundle with a plain-text Secret is for its owner alone, also where there was one that was not', () => {
  const path = folder.write('dist/0000-postgres.k8s.yaml', `${firstLine}old`);
  expect(statSync(path).mode & 0o077).not.toBe(0);
  writeBundles(dist, [{ ...bundle('0000-postgres.k8s.yaml', 'new'), secret: true }]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a symbolic link is not followed: not in the place of a bundle, of its temporary file, nor of a folder', () => {
  const [other, temporary] = [folder.write('other', 'theirs'), folder.write('temporary', 'theirs')];
  mkdirSync(dist);
  symlinkSync(other, join(dist, '0000-postgres.k8s.yaml'));
  symlinkSync(temporary, join(dist, '0000-postgres.k8s.yaml.tmp'));
  writeBundles(dist, [bundle('0000-postgres.k8s.yaml', 'new')]);
  expect([other, temporary].map((path) => readFileSync(path, 'utf8'))).toEqual(['theirs', 'theirs']);
  expect(lstatSync(join(dist, '0000-postgres.k8s.yaml')).isFile()).toBe(true);
  symlinkSync(folder.path, join(dist, 'helm'));
  expect(() => writeBundles(dist, [bundle('helm/a-values.yaml', 'new')])).toThrow(
    `cannot write into ${join(dist, 'helm')}: it is a symbolic link; remove it`,
  );
});

const elsewhere = 'or write another outdir. Nothing was written.';

test.each<[string, () => string, string]>([
  [
    'a file in its place',
    () => folder.write('file', 'mine'),
    `file: it is no folder; move it away, ${elsewhere}`,
  ],
  [
    'a file above it',
    () => join(folder.write('file', 'mine'), 'a/b'),
    `file: it is no folder; move it away, ${elsewhere}`,
  ],
  [
    'a link that leads nowhere',
    () => {
      const path = join(folder.path, 'nowhere');
      symlinkSync(join(folder.path, 'gone'), path);
      return path;
    },
    `nowhere: a symbolic link in its path leads nowhere; make what it leads to, ${elsewhere}`,
  ],
  [
    'a link to itself',
    () => {
      const path = join(folder.path, 'circle');
      symlinkSync(path, path);
      return path;
    },
    `circle: its symbolic links lead in a circle; remove them, ${elsewhere}`,
  ],
  [
    'a name that is too long',
    () => join(folder.path, 'x'.repeat(300)),
    `x: its name is too long; write a shorter outdir. Nothing was written.`,
  ],
  [
    'a NUL in its name',
    () => join(folder.path, 'a\0b'),
    `b: its name holds a character that none can have; write another outdir. Nothing was written.`,
  ],
])('an output folder with %s is told with what to do', (_, make, message) => {
  expect(() => writeBundles(make(), [bundle('0000-postgres.k8s.yaml', 'new')])).toThrow(message);
});

test.each([
  ['ENOSPC', 'the disk is full; make room on it'],
  ['EROFS', 'its file system is read-only'],
  ['EACCES', 'this user may not write there; give it the right'],
])('%s while a bundle is written is told, and leaves the old ones', (code, message) => {
  folder.write('dist/0000-postgres.k8s.yaml', 'old');
  const write = jest.spyOn(fs, 'writeFileSync').mockImplementationOnce((path) => {
    throw Object.assign(new Error(code), { code, path });
  });
  expect(() => writeBundles(dist, [bundle('0000-postgres.k8s.yaml', 'new')])).toThrow(message);
  write.mockRestore();
  expect(folder.files('dist')).toEqual({ '0000-postgres.k8s.yaml': 'old' });
});

test('what is no error of the file system stays what it is', () => {
  const circle = { path: '0000-postgres.k8s.yaml', content: Symbol('text') } as never;
  expect(() => writeBundles(dist, [circle])).toThrow(TypeError);
});
