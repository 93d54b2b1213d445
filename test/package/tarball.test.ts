import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TestFolder } from '../unit/folder';
import { run } from './run';
import { pack, packages, type Tarball } from './tarball';

const folder = new TestFolder();
const tarballs = {} as Record<(typeof packages)[number], Tarball>;

beforeAll(() => {
  packages.forEach((source) => (tarballs[source] = pack(source, folder.path)));
});

/** Source files below `name`, tests left out, without their ending. */
function sources(name: string): string[] {
  return readdirSync(name, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.test)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).replace(/\.ts$/, ''))
    .filter((path) => !path.startsWith('cli/build/'));
}

test('the constructs hold the library with its types, and nothing that only this repository needs', () => {
  const built = [
    ...sources('lib').flatMap((path) => [`${path}.js`, `${path}.d.ts`]),
    ...sources('imports').map((path) => `${path}.js`),
  ];
  expect(tarballs['.'].files).toEqual(
    ['LICENSE', 'README.md', 'package.json', ...built.map((path) => `build/${path}`)].sort(),
  );
});

test('the command holds what it runs, and no types', () => {
  const built = sources('cli').map((path) => path.replace(/^cli/, 'build'));
  expect(tarballs.cli.files).toEqual(
    [
      'LICENSE',
      'README.md',
      'bin/cdk8s-rhdh.js',
      'package.json',
      ...built.map((path) => `${path}.js`),
    ].sort(),
  );
});

test.each(packages)('publint finds nothing in %s', (source) => {
  const { status, stdout } = run('npx', ['publint', 'run', tarballs[source].path, '--strict'], resolve('.'));
  expect([status, stdout]).toEqual([0, expect.stringContaining('All good!')]);
});

test('are the types wrong? finds nothing', () => {
  const { status, stdout } = run('npx', ['attw', tarballs['.'].path, '--format', 'json'], resolve('.'));
  expect([status, JSON.parse(stdout).problems]).toEqual([0, {}]);
});
