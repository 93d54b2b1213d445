import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const manifest = (path: string) =>
  JSON.parse(readFileSync(join(root, path), 'utf8')) as Record<string, Record<string, string>>;
const { dependencies, devDependencies, overrides, peerDependencies } = manifest('package.json');
const command = manifest('cli/package.json');

/** Package and reason of each row, by the section of the page. */
const sections = readFileSync(join(root, 'docs/dependencies.md'), 'utf8')
  .split(/^## /m)
  .slice(1)
  .map((section) => [...section.matchAll(/^\| `([^`]+)` +\| (.*?) +\|$/gm)].map((row) => row.slice(1, 3)));

test('docs/dependencies.md has each package of both package.json in its section, and no other', () => {
  const development = Object.keys(devDependencies).filter((name) => !(name in peerDependencies));
  const wanted = [
    { ...peerDependencies, ...dependencies },
    command.dependencies,
    Object.fromEntries(development.map((name) => [name, ''])),
    overrides,
  ];
  expect(sections.map((rows) => rows.map(([name]) => name).sort())).toEqual(
    wanted.map((packages) => Object.keys(packages).sort()),
  );
});

test('docs/dependencies.md gives a reason for each', () => {
  expect(sections.flat().filter(([, reason]) => reason === '')).toEqual([]);
});

test('both packages have one version', () => {
  expect(command.version).toBe(manifest('package.json').version);
});
