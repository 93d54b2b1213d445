import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** `file: title` of every test of a fault; the proxy's own tests are of no fault. */
function testsIn(folder: string): string[] {
  return readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.test.ts') && file !== 'proxy.test.ts')
    .flatMap((file) => {
      const text = readFileSync(join(root, folder, file), 'utf8');
      const titles = [...text.matchAll(/(?<!until)\(\s*(['"])((?:(?!\1)[^\n])+)\1,\s*async/g)];
      return titles.map(([, , title]) => `${file}: ${title}`);
    });
}

/** The last column of the table "Faults and ways out" of a page. */
function rowsOf(page: string): string[] {
  return readFileSync(join(root, page), 'utf8')
    .split('<!-- faults: begin -->')[1]!
    .split('<!-- faults: end -->')[0]!
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) => /\| `(\S+\.test\.ts)`: ([^|]+?)\s*\|$/.exec(line))
    .map((match) => `${match?.[1]}: ${match?.[2]}`);
}

test.each([
  ['docs/operations.md', 'test/cluster/faults', 25],
  ['docs/migration.md', 'test/migration/faults', 15],
])('Each fault of %s names a test, and each test in %s stands there once', (page, folder, atLeast) => {
  const tests = testsIn(folder);
  expect(tests.length).toBeGreaterThan(atLeast);
  expect(rowsOf(page).sort()).toEqual(tests.sort());
});
