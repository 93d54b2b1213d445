import { spawnSync } from 'node:child_process';
import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { TestFolder } from '../unit/folder';

const root = join(__dirname, '../..');
const library = join(root, 'lib');
const folder = new TestFolder();
const inFolder = (...path: string[]) => join(folder.path, ...path);

const refused = (
  synth: string,
) => `import { Hub, HubApp, RhdhRelease, Stage, StageKind } from ${JSON.stringify(library)};
const app = new HubApp({ outdir: ${JSON.stringify(inFolder('dist'))} });
const stage = new Stage(app, StageKind.BACKSTAGE, { namespace: 'rhdh' });
new Hub(stage, 'hub', { name: 'hub', release: RhdhRelease.V1_8 });
${synth}
`;

/** One program, as a module of the given kind. */
function bundle(source: string, format: 'cjs' | 'esm'): string {
  const outfile = inFolder(`${source}.${format === 'cjs' ? 'cjs' : 'mjs'}`);
  const banner = {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  };
  buildSync({
    entryPoints: [inFolder(`${source}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    packages: 'external',
    format,
    ...(format === 'esm' && { banner }),
  });
  return outfile;
}

function run(command: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder.path, encoding: 'utf8' });
  return { status, stdout, stderr };
}

beforeAll(() => {
  symlinkSync(join(root, 'node_modules'), inFolder('node_modules'));
  folder.write('app.ts', refused('app.synth();'));
  folder.write(
    'later.ts',
    refused('async function main() {\n  await Promise.resolve();\n  app.synth();\n}\nvoid main();'),
  );
  folder.write(
    'tsconfig.json',
    '{ "compilerOptions": { "module": "commonjs", "target": "es2022", "esModuleInterop": true } }',
  );
});

test.each<[string, () => [string, ...string[]]]>([
  ['npm run synth', () => [process.execPath, join(root, 'scripts/synth.mjs'), 'app.ts']],
  ['npm run compile', () => [process.execPath, join(root, 'scripts/compile.mjs'), 'app.ts', 'compiled']],
  ['ts-node', () => [join(root, 'node_modules/.bin/ts-node'), '--transpile-only', 'app.ts']],
  ['node with a CommonJS program', () => [process.execPath, bundle('app', 'cjs')]],
  ['node with an ES module', () => [process.execPath, bundle('app', 'esm')]],
  ['node with a program that synthesizes in a promise', () => [process.execPath, bundle('later', 'cjs')]],
])('%s: a refused app ends with its report alone, exit code 1 and no bundle', (_, command) => {
  expect(run(...command())).toEqual({
    status: 1,
    stdout: '',
    stderr:
      'The app has 1 problem; nothing was written.\n' +
      "  [0200-backstage/hub] hub/connected: hub hub has no database and would keep the operator's local one; write hub.connect(postgres)\n",
  });
  expect(existsSync(inFolder('dist'))).toBe(false);
});
