// npm run pack-scripts            writes lib/migration/scripts.ts from the files of lib/migration/scripts/
// npm run pack-scripts -- --check fails when it is not what they give, and writes nothing
// A module, so that the files reach every place that code reaches: tsc, a bundler, the package.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';

const folder = 'lib/migration/scripts';
const module = 'lib/migration/scripts.ts';

const entries = readdirSync(folder)
  .sort()
  .map(
    (name) => `  ${JSON.stringify(name)}: ${JSON.stringify(readFileSync(`${folder}/${name}`, 'utf8'))},\n`,
  );
const text = `// Written by \`npm run pack-scripts\` from the files of scripts/.
export const SCRIPTS: Readonly<Record<string, string>> = {\n${entries.join('')}};\n`;

if (!process.argv.includes('--check')) {
  writeFileSync(module, text);
} else if (!existsSync(module) || readFileSync(module, 'utf8') !== text) {
  console.error(`${module} is not what ${folder}/ gives. Run: npm run pack-scripts`);
  process.exitCode = 1;
}
