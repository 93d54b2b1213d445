// Runs a cdk8s app from its TypeScript source: `node scripts/synth.mjs [main.ts]`.
// esbuild removes the types and joins the app's own files; packages are loaded as they are. Types are checked
// by `npm run typecheck`.
import { buildSync } from 'esbuild';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { runInThisContext } from 'node:vm';
import { packScripts } from './pack-scripts.js';

const entry = resolve(process.argv[2] ?? 'main.ts');
try {
  packScripts();
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  });
  const run = runInThisContext(`(function (require, module, exports) {${outputFiles[0].text}\n})`, {
    filename: entry,
  });
  run(createRequire(entry), { exports: {} }, {});
} catch (error) {
  if (error.errors === undefined) {
    console.error(process.env.DEBUG === undefined ? error.message : error.stack);
  }
  process.exitCode = 1;
}
