import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCRIPTS } from './scripts';

/** A client-side `oc apply` keeps the whole object in an annotation, and all annotations have at most 256 KiB. */
const MOST_BYTES = 200 * 1024;

const FOLDER = join(__dirname, 'scripts');

test('the module holds the files of the folder', () => {
  const files = readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')]);
  expect(SCRIPTS).toEqual(Object.fromEntries(files));
});

test('the scripts fit into a ConfigMap that is applied by hand', () => {
  expect(Buffer.byteLength(JSON.stringify(SCRIPTS))).toBeLessThan(MOST_BYTES);
});
