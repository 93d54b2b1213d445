// npm run import            writes imports/ from the schemas that cdk8s.yaml lists under `imports`
// npm run import -- --check fails when imports/ is not what they give, and writes nothing
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parse } from 'yaml';

const cdk8s = join(dirname(createRequire(import.meta.url).resolve('cdk8s-cli/package.json')), 'bin', 'cdk8s');
const importsDir = 'imports';

/** Runs `cdk8s import` on one file. Its own file name is the API group, which two kinds can share, so ours is the schema's. */
function generate(schema, folder) {
  mkdirSync(folder);
  const run = spawnSync(
    process.execPath,
    [
      cdk8s,
      'import',
      schema,
      '--language',
      'typescript',
      '--no-save',
      '--no-check-upgrade',
      '--output',
      folder,
    ],
    { encoding: 'utf8' },
  );
  const files = run.status === 0 ? readdirSync(folder) : [];
  if (files.length !== 1) {
    throw new Error(`cdk8s import ${schema} failed:\n${run.error ?? ''}${run.stdout}${run.stderr}`);
  }
  return readFileSync(join(folder, files[0]), 'utf8');
}

function generateAll() {
  const { imports } = parse(readFileSync('cdk8s.yaml', 'utf8'));
  const temporary = mkdtempSync(join(tmpdir(), 'cdk8s-rhdh-import-'));
  try {
    return new Map(
      imports.map((schema) => {
        const name = basename(schema, '.yaml');
        return [`${name}.ts`, generate(schema, join(temporary, name))];
      }),
    );
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function readImports() {
  const names = existsSync(importsDir) ? readdirSync(importsDir) : [];
  return new Map(names.map((name) => [name, readFileSync(join(importsDir, name), 'utf8')]));
}

const generated = generateAll();
const present = readImports();
const names = [...new Set([...generated.keys(), ...present.keys()])].sort();
const drifted = names.filter((name) => generated.get(name) !== present.get(name));

if (process.argv.includes('--check')) {
  for (const name of drifted) {
    console.error(`imports/${name} is not what crds/ gives. Run: npm run import`);
  }
  process.exitCode = drifted.length > 0 ? 1 : 0;
} else {
  mkdirSync(importsDir, { recursive: true });
  for (const name of drifted) {
    const path = join(importsDir, name);
    if (generated.has(name)) {
      writeFileSync(path, generated.get(name));
    } else {
      rmSync(path);
    }
    console.log(`${generated.has(name) ? 'wrote' : 'removed'} imports/${name}`);
  }
}
