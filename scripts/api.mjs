// npm run docs:api            checks the public API with jsii, and writes docs/api.md from its docstrings
// npm run docs:api -- --check fails when docs/api.md is not what they give, and writes nothing
import { readFileSync, writeFileSync } from 'node:fs';
import { apiPage } from './api-page.mjs';
import { jsiiAssembly } from './jsii-assembly.mjs';
import { packScripts } from './pack-scripts.js';

const path = 'docs/api.md';

try {
  packScripts();
  const page = apiPage(jsiiAssembly());
  if (!process.argv.includes('--check')) {
    writeFileSync(path, page);
  } else if (readFileSync(path, 'utf8') !== page) {
    throw new Error(`${path} is not what the docstrings of lib/ give. Run: npm run docs:api`);
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
