// npm run pack-scripts: writes lib/migration/scripts.ts from the files of lib/migration/scripts/.
// A module, so that the files reach every place that code reaches: tsc, a bundler, the package. It is not in Git: whatever
// loads the library from its source packs the scripts first.
const { existsSync, readFileSync, readdirSync, renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const folder = join(__dirname, '..', 'lib', 'migration', 'scripts');
const target = `${folder}.ts`;

/** Leaves the module alone when it is up to date, and never shows half of it to another process. */
function packScripts() {
  const entries = readdirSync(folder)
    .sort()
    .map(
      (name) => `  ${JSON.stringify(name)}: ${JSON.stringify(readFileSync(join(folder, name), 'utf8'))},\n`,
    );
  const text = `// Written by \`npm run pack-scripts\` from the files of scripts/.
export const scriptFiles: Readonly<Record<string, string>> = {\n${entries.join('')}};\n`;
  if (existsSync(target) && readFileSync(target, 'utf8') === text) return;
  const unfinished = `${target}.${process.pid}`;
  writeFileSync(unfinished, text);
  renameSync(unfinished, target);
}

module.exports = { packScripts };
if (require.main === module) packScripts();
