import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
const paths = [...page.matchAll(/`((?:lib|cli|test|docs|scripts)\/[\w/.-]+)`/g)].map(
  ([, path]) => path as string,
);

test('every file and folder that docs/architecture.md names is there', () => {
  expect(paths.length).toBeGreaterThan(30);
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
