import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const jsii = createRequire(import.meta.url).resolve('jsii/bin/jsii');

/** jsii wants fields that the package does not have, and the lowest versions of its peers. */
function packageJson({ name, version, description, license, peerDependencies, dependencies }) {
  return {
    name,
    version,
    description,
    license,
    author: { name },
    repository: { type: 'git', url: name },
    main: 'lib/index.js',
    types: 'lib/index.d.ts',
    jsii: { tsconfig: 'tsconfig.json', validateTsconfig: 'off', targets: {} },
    peerDependencies,
    devDependencies: Object.fromEntries(
      Object.entries(peerDependencies).map(([peer, range]) => [peer, range.replace('^', '')]),
    ),
    dependencies,
    bundledDependencies: Object.keys(dependencies),
  };
}

/** What lib/index.ts exports, and nothing that it does not reach: the command line need not follow jsii. */
function tsconfig() {
  const { compilerOptions } = JSON.parse(readFileSync('tsconfig.json', 'utf8'));
  const options = { ...compilerOptions, paths: undefined };
  return { compilerOptions: { ...options, types: ['node'], stripInternal: true }, files: ['lib/index.ts'] };
}

/** The lines that say what is wrong, and where; all that was said if there are none. */
function errorsOf({ stdout, stderr }) {
  const errors = `${stdout}${stderr}`.split('\n').filter((text) => /( - |^)error /.test(text));
  return errors.length > 0 ? errors.map((text) => `  ${text}`).join('\n') : `${stdout}${stderr}`;
}

/** The description leaves out what the members of an enum are. */
function withValues(assembly, library) {
  for (const { kind, name, members } of Object.values(assembly.types)) {
    if (kind === 'enum') members.forEach((member) => (member.value = library[name][member.name]));
  }
  return assembly;
}

/**
 * Compiles a copy of the library with jsii, and returns the description of its public API (`.jsii`), values of enums
 * included.
 */
export function jsiiAssembly() {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-rhdh-jsii-'));
  const json = (name, value) => writeFileSync(join(folder, name), JSON.stringify(value));
  try {
    cpSync('lib', join(folder, 'lib'), { recursive: true, filter: (path) => !path.endsWith('.test.ts') });
    cpSync('imports', join(folder, 'imports'), { recursive: true });
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'README.md'), '');
    json('package.json', packageJson(JSON.parse(readFileSync('package.json', 'utf8'))));
    json('tsconfig.json', tsconfig());
    const run = spawnSync(process.execPath, [jsii, '--silence-warnings', 'reserved-word'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1', NO_COLOR: '1' },
    });
    if (run.status !== 0) {
      throw new Error(`The public API does not follow the rules of jsii:\n${errorsOf(run)}`);
    }
    const library = createRequire(join(folder, 'package.json'))('./lib/index.js');
    return withValues(JSON.parse(readFileSync(join(folder, '.jsii'), 'utf8')), library);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
