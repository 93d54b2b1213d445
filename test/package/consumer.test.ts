import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TestFolder } from '../unit/folder';
import { run, runOk } from './run';
import { pack, packages } from './tarball';

const folder = new TestFolder();
const inFolder = (...path: string[]) => join(folder.path, ...path);

/** The version that this repository has installed. */
const versionOf = (name: string): string =>
  JSON.parse(readFileSync(resolve('node_modules', name, 'package.json'), 'utf8')).version;

const compilerOptions = {
  module: 'Node16',
  target: 'ES2022',
  strict: true,
  skipLibCheck: false,
  types: ['node'],
};

const examples = ['managed-service', 'own-app'];

/** Compiles a project of the given kind of modules with the examples as its apps. */
function compile(type: 'commonjs' | 'module'): void {
  folder.write(`${type}/package.json`, JSON.stringify({ name: type, type }));
  folder.write(`${type}/tsconfig.json`, JSON.stringify({ compilerOptions }));
  examples.forEach((example) => cpSync(`examples/${example}.ts`, inFolder(type, `${example}.ts`)));
  runOk('npx', ['tsc', '-p', type], folder.path);
}

/** What the example gives in this repository, from the source. */
function fromSource(example: string): Record<string, string> {
  const outdir = inFolder('source', example);
  runOk('node', ['scripts/synth.mjs', `examples/${example}.ts`], resolve('.'), { CDK8S_OUTDIR: outdir });
  return folder.files(`source/${example}`);
}

beforeAll(() => {
  const names = ['cdk8s', 'cdk8s-plus-28', 'constructs', 'typescript', '@types/node'];
  folder.write('package.json', JSON.stringify({ name: 'consumer', private: true }));
  runOk(
    'npm',
    [
      'install',
      '--no-audit',
      '--no-fund',
      '--prefer-offline',
      ...packages.map((source) => pack(source, folder.path).path),
      ...names.map((name) => `${name}@${versionOf(name)}`),
    ],
    folder.path,
  );
});

test.each(['commonjs', 'module'] as const)(
  'a strict project of type %s synthesizes as this repository does',
  (type) => {
    compile(type);
    for (const example of examples) {
      const outdir = `${type}/${example}`;
      runOk('node', [`${type}/${example}.js`], folder.path, { CDK8S_OUTDIR: inFolder(outdir) });
      expect(folder.files(outdir)).toEqual(fromSource(example));
    }
  },
);

test('the library loads neither the Kubernetes client nor the command line', () => {
  const script =
    "require('cdk8s-rhdh'); console.log(JSON.stringify(Object.keys(require.cache).filter((path) => " +
    '/@kubernetes|commander|listr2|cdk8s-rhdh-cli/.test(path))))';
  expect(JSON.parse(runOk('node', ['-e', script], folder.path))).toEqual([]);
});

test.each(['cdk8s-rhdh/build/lib/hub/hub.js', 'cdk8s-rhdh-cli/build/main.js'])(
  'the internal file %s cannot be imported',
  (file) => {
    const { status, stderr } = run('node', ['-e', `require('${file}')`], folder.path);
    expect([status, stderr]).toEqual([1, expect.stringContaining('ERR_PACKAGE_PATH_NOT_EXPORTED')]);
  },
);

describe('npx cdk8s-rhdh', () => {
  const command = (...args: string[]) => run('npx', ['--offline', 'cdk8s-rhdh', ...args], folder.path);

  test('tells its version', () => {
    expect(command('--version')).toEqual({
      status: 0,
      stdout: `${JSON.parse(readFileSync('cli/package.json', 'utf8')).version}\n`,
      stderr: '',
    });
  });

  test('shows its help', () => {
    const { status, stdout } = command('--help');
    expect([status, stdout]).toEqual([0, expect.stringContaining('Usage: cdk8s-rhdh [options] [command]')]);
  });

  test('has all that a command loads', () => {
    writeFileSync(inFolder('kubeconfig'), 'no kubeconfig');
    const { status, stderr } = command('plan', 'commonjs/own-app', '--kubeconfig', 'kubeconfig');
    expect([status, stderr]).toEqual([1, expect.stringContaining('The cluster cannot be reached')]);
  });
});

test('a clone runs the command from its source', () => {
  expect(run('npx', ['--offline', 'cdk8s-rhdh', '--help'], resolve('.'))).toEqual(
    run('npx', ['--offline', 'cdk8s-rhdh', '--help'], folder.path),
  );
});
