import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const exported =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:function\*?|class|interface|type|const|enum) (\w+)/gm;

const sources = ['lib', 'cli'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /(?<!\.test|\.d)\.ts$/.test(path) && !/^(build|node_modules)\//.test(path))
    .map((path) => `${folder}/${path}`),
);

test('an exported name means one thing, in both packages', () => {
  const files = new Map<string, string[]>();
  for (const file of sources) {
    for (const [, name] of readFileSync(join(root, file), 'utf8').matchAll(exported)) {
      files.set(name as string, [...(files.get(name as string) ?? []), file]);
    }
  }
  expect(files.size).toBeGreaterThan(500);
  expect([...files].filter(([, places]) => new Set(places).size > 1)).toEqual([]);
});
