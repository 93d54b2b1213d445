import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TestFolder } from '../unit/folder';
import { run } from './run';
import { pack, Tarball } from './tarball';

const folder = new TestFolder();
let tarball: Tarball;

beforeAll(() => {
  tarball = pack(folder.path);
});

/** Source files below `name`, tests left out. */
function sources(name: string): string[] {
  return readdirSync(name, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.test)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

test('holds the library and the command, and nothing that only this repository needs', () => {
  const built = [...sources('lib'), ...sources('imports')].flatMap((path) => {
    const [code, types] = [path.replace(/\.ts$/, '.js'), path.replace(/\.ts$/, '.d.ts')];
    return /^(imports|lib\/(cli|rollout))\//.test(path) ? [code] : [code, types];
  });
  expect(tarball.files).toEqual(
    [
      'LICENSE',
      'README.md',
      'bin/cdk8s-rhdh.js',
      'package.json',
      ...built.map((path) => `build/${path}`),
    ].sort(),
  );
});

test('publint finds nothing', () => {
  const { status, stdout } = run('npx', ['publint', 'run', tarball.path, '--strict'], resolve('.'));
  expect([status, stdout]).toEqual([0, expect.stringContaining('All good!')]);
});

test('are the types wrong? finds nothing', () => {
  const { status, stdout } = run('npx', ['attw', tarball.path, '--format', 'json'], resolve('.'));
  expect([status, JSON.parse(stdout).problems]).toEqual([0, {}]);
});
