import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

function runImport(folder: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve('scripts/import.mjs'), ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('imports/ is what crds/ gives', () => {
  expect(runImport('.', '--check')).toEqual({ status: 0, stdout: '', stderr: '' });
}, 60_000);

describe('in a project with one schema, an outdated import and one that nothing gives', () => {
  let project: string;

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), 'cdk8s-rhdh-import-test-'));
    mkdirSync(join(project, 'crds'));
    mkdirSync(join(project, 'imports'));
    cpSync('crds/sonataflow.yaml', join(project, 'crds/flow.yaml'));
    writeFileSync(join(project, 'cdk8s.yaml'), 'language: typescript\nimports:\n  - crds/flow.yaml\n');
    writeFileSync(join(project, 'imports/flow.ts'), 'old');
    writeFileSync(join(project, 'imports/gone.ts'), 'old');
  });

  afterEach(() => rmSync(project, { recursive: true }));

  test('--check names both and writes nothing', () => {
    expect(runImport(project, '--check')).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'imports/flow.ts is not what crds/ gives. Run: npm run import\n' +
        'imports/gone.ts is not what crds/ gives. Run: npm run import\n',
    });
    expect(readFileSync(join(project, 'imports/flow.ts'), 'utf8')).toBe('old');
    expect(existsSync(join(project, 'imports/gone.ts'))).toBe(true);
  }, 60_000);

  test('the import writes the one and removes the other', () => {
    expect(runImport(project)).toEqual({
      status: 0,
      stdout: 'wrote imports/flow.ts\nremoved imports/gone.ts\n',
      stderr: '',
    });
    expect(readdirSync(join(project, 'imports'))).toEqual(['flow.ts']);
    expect(readFileSync(join(project, 'imports/flow.ts'), 'utf8')).toBe(
      readFileSync('imports/sonataflow.ts', 'utf8'),
    );
  }, 60_000);

  test('a schema that cdk8s refuses stops it before anything is written', () => {
    writeFileSync(join(project, 'crds/flow.yaml'), 'kind: CustomResourceDefinition\n');
    const { status, stderr } = runImport(project);
    expect(status).toBe(1);
    expect(stderr).toContain('cdk8s import crds/flow.yaml failed:');
    expect(readFileSync(join(project, 'imports/flow.ts'), 'utf8')).toBe('old');
  }, 60_000);
});
