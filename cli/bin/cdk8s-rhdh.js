#!/usr/bin/env node
// In the package: what was built. In a clone, which has the source: the source, so that nothing has to be built.
const { existsSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');

const source = join(__dirname, '..', 'main.ts');
if (existsSync(source)) runSource();
else require('../build/main.js');

/** Joined by esbuild, which takes what the command needs of the library from its source too (tsconfig.json, `paths`). */
function runSource() {
  const { outputFiles } = require('esbuild').buildSync({
    entryPoints: [source],
    bundle: true,
    packages: 'external',
    write: false,
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'error',
  });
  process.setSourceMapsEnabled(true);
  const program = new Module(__filename, module);
  Object.assign(program, { filename: __filename, paths: module.paths });
  program._compile(outputFiles[0].text, __filename);
}
