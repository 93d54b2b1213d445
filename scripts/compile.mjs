// Makes one program of a cdk8s app and everything it loads: `node scripts/compile.mjs [main.ts] [build/app]`, then
// `node build/app/main.js`, with no node_modules. The app runs once, into a temporary folder, so that V8 can keep the
// code of the functions it needs in app.cache. Another version of Node.js ignores that file and is slower.
import { build } from 'esbuild';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Script } from 'node:vm';
import { importedOnce } from './imported-once.mjs';
import { loadedWhenCalled } from './loaded-when-called.mjs';
import { packScripts } from './pack-scripts.js';

const entry = resolve(process.argv[2] ?? 'main.ts');
const folder = resolve(process.argv[3] ?? 'build/app');

/** A function of (require, module, exports); packages that cdk8s bundles and the app has too are taken once. */
async function bundle() {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    platform: 'node',
    target: 'node20',
    plugins: [
      importedOnce(entry, ['cdk8s', 'cdk8s-plus-28', 'constructs', 'yaml']),
      loadedWhenCalled('child_process'),
    ],
    banner: { js: '(function (require, module, exports) {' },
    footer: { js: '})' },
    logLevel: 'error',
  });
  return outputFiles[0].text;
}

/** Runs the app where its files do not matter, and returns what V8 compiled. */
function codeCache(code) {
  const outdir = mkdtempSync(join(tmpdir(), 'cdk8s-rhdh-compile-'));
  const { log, warn } = console;
  try {
    process.env.CDK8S_OUTDIR = outdir;
    console.log = console.warn = () => {};
    const script = new Script(code, { filename: join(folder, 'app.js') });
    script.runInThisContext()(createRequire(entry), { exports: {} }, {});
    return script.createCachedData();
  } finally {
    Object.assign(console, { log, warn });
    rmSync(outdir, { recursive: true });
  }
}

/** Text of one byte a character is read faster; V8 would refuse the cache of a program of another length. */
const encodingOf = (code) => (/^[\0-\x7f]*$/.test(code) ? 'latin1' : 'utf8');

const mainOf = (encoding) => `const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

const filename = join(__dirname, 'app.js');
const cachedData = readFileSync(join(__dirname, 'app.cache'));
new Script(readFileSync(filename, '${encoding}'), { filename, cachedData }).runInThisContext()(require, module, exports);
`;

packScripts();
const code = await bundle();
const files = { 'app.js': code, 'app.cache': codeCache(code), 'main.js': mainOf(encodingOf(code)) };
mkdirSync(folder, { recursive: true });
for (const [name, content] of Object.entries(files)) {
  writeFileSync(join(folder, name), content);
}
