// npm run docs:api            checks the public API with jsii, and writes docs/api.md and lib/api/api-types.ts from it
// npm run docs:api -- --check fails when they are not what it gives, and writes nothing
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { apiPage } from './api-page.mjs';
import { apiTypes } from './api-types.mjs';
import { jsiiAssembly } from './jsii-assembly.mjs';
import { packScripts } from './pack-scripts.js';

try {
  packScripts();
  const assembly = jsiiAssembly();
  const files = { 'docs/api.md': apiPage(assembly), 'lib/api/api-types.ts': await apiTypes(assembly) };
  for (const [path, text] of Object.entries(files)) {
    if (!process.argv.includes('--check')) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    } else if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
      throw new Error(`${path} is not what the public API of lib/ gives. Run: npm run docs:api`);
    }
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
