import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scriptFiles } from './scripts';

/** A client-side `oc apply` keeps the whole object in an annotation, and all annotations have at most 256 KiB. */
const mostBytes = 200 * 1024;

const folder = join(__dirname, 'scripts');

test('the module holds the files of the folder', () => {
  const files = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
  expect(scriptFiles).toEqual(Object.fromEntries(files));
});

test('the scripts fit into a ConfigMap that is applied by hand', () => {
  expect(Buffer.byteLength(JSON.stringify(scriptFiles))).toBeLessThan(mostBytes);
});
