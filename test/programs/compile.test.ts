import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestFolder } from '../unit/folder';

const root = join(__dirname, '..', '..');
const bundles = [
  ...readdirSync(join(root, 'dist')).filter((name) => name.endsWith('.yaml')),
  'helm/greeting-values.yaml',
];

describe('npm run compile', () => {
  const temporary = new TestFolder().path;
  const app = join(temporary, 'app');
  const outdir = join(temporary, 'dist');
  const node = (args: string[]): string =>
    execFileSync(process.execPath, args, {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, CDK8S_OUTDIR: outdir, PG_ADMIN_PASS: undefined },
    });
  let compiling: string;

  beforeAll(() => {
    compiling = node(['scripts/compile.mjs', 'main.ts', app]);
  });

  test('prints nothing of the app, which it runs into a temporary folder', () => {
    expect(compiling).toBe('');
    expect(readdirSync(temporary)).toEqual(['app']);
  });

  test('writes a program that gives what is committed in dist/, without node_modules', () => {
    expect(node([join(app, 'main.js')])).toContain(`oc apply -f ${outdir}/0000-postgres.k8s.yaml`);
    for (const name of bundles) {
      expect(readFileSync(join(outdir, name), 'utf8')).toBe(readFileSync(join(root, 'dist', name), 'utf8'));
    }
  });
});
