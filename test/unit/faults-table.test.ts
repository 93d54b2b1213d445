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

/** What a page says of faults names its test: in the last column of a table, or in a comment below it. */
function faultsOf(page: string): string[] {
  const faults = readFileSync(join(root, page), 'utf8')
    .split('<!-- faults: begin -->')[1]!
    .split('<!-- faults: end -->')[0]!;
  return [...faults.matchAll(/^ *(?:\|.*\||<!--) `(\S+\.test\.ts)`: ([^|]+?) *(?:\||-->)$/gm)].map(
    ([, file, title]) => `${file}: ${title}`,
  );
}

/** Faults as a reader counts them: rows of a table, or items of a list. */
function countFaults(page: string): number {
  const faults = readFileSync(join(root, page), 'utf8')
    .split('<!-- faults: begin -->')[1]!
    .split('<!-- faults: end -->')[0]!;
  const rows = [...faults.matchAll(/^\| (?!---)/gm)].length;
  return rows > 0 ? rows - 1 : [...faults.matchAll(/^- \*\*/gm)].length;
}

test.each([
  ['docs/operations.md', 'test/cluster/faults', 25],
  ['docs/migration.md', 'test/migration/faults', 15],
])('each fault of %s names a test, and each test in %s stands there once', (page, folder, atLeast) => {
  const tests = testsIn(folder);
  expect(tests.length).toBeGreaterThan(atLeast);
  expect(faultsOf(page).sort()).toEqual(tests.sort());
  expect(countFaults(page)).toBe(tests.length);
});
