import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const folder = join(root, 'test/cluster/faults');

/** `file: title` of every test of a fault; the proxy's own tests are of no fault. */
const tests = readdirSync(folder)
  .filter((file) => file.endsWith('.test.ts') && file !== 'proxy.test.ts')
  .flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    return [...text.matchAll(/(?<!until)\(\s*'([^'\n]+)',\s*async/g)].map(([, title]) => `${file}: ${title}`);
  });

/** The last column of the table "Faults and ways out". */
const rows = readFileSync(join(root, 'docs/operations.md'), 'utf8')
  .split('<!-- faults: begin -->')[1]!
  .split('<!-- faults: end -->')[0]!
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .slice(2)
  .map((line) => /\| `(\S+\.test\.ts)`: ([^|]+?)\s*\|$/.exec(line))
  .map((match) => `${match?.[1]}: ${match?.[2]}`);

test('Each fault of docs/operations.md names a test, and each test of a fault stands there once', () => {
  expect(tests.length).toBeGreaterThan(25);
  expect([...rows].sort()).toEqual([...tests].sort());
});
