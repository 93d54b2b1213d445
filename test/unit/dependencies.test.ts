import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shippedWith } from './shipped-tree';

const root = join(__dirname, '..', '..');
const manifest = (path: string) =>
  JSON.parse(readFileSync(join(root, path), 'utf8')) as Record<string, Record<string, string>>;
const { dependencies, devDependencies, overrides, peerDependencies } = manifest('package.json');
const command = manifest('cli/package.json');

/** Package and reason of each row, by the section of the page. */
const page = readFileSync(join(root, 'docs/dependencies.md'), 'utf8');
const sections = page
  .split(/^## /m)
  .slice(1)
  .map((section) => [...section.matchAll(/^\| `([^`]+)` +\| (.*?) +\|$/gm)].map((row) => row.slice(1, 3)))
  .filter((rows) => rows.length > 0);

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

test.each([
  ['constructs', ''],
  ['command', 'cli'],
])('docs/dependencies.md lists all that is installed with the %s, with its version', (name, folder) => {
  const [, list] = new RegExp(`^### With the ${name}\n\n\`\`\`\n([^\`]*)\n\`\`\`$`, 'm').exec(page)!;
  expect(shippedWith(folder).length).toBeGreaterThan(5);
  expect(list!.split('\n')).toEqual(shippedWith(folder));
});

test('both packages have one version', () => {
  expect(command.version).toBe(manifest('package.json').version);
});
