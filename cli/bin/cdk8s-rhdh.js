#!/usr/bin/env node
// In the package: what was built. In a clone, which has the source: the source, so that nothing has to be built.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const source = join(__dirname, '..', 'main.ts');
if (existsSync(source)) {
  require('ts-node').register({ swc: true, cwd: __dirname });
  require(source);
} else {
  require('../build/main.js');
}
