import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { TestFolder } from '../unit/folder';

const root = join(__dirname, '..', '..');
const programs = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^```ts\n([^]*?)^```$/gm)].map(
  ([, text], index) => ({ name: `example-${index + 1}`, text }),
);

const folder = new TestFolder();
const node = (...args: string[]) =>
  execFileSync(process.execPath, args, {
    cwd: folder.path,
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });

beforeAll(() => {
  symlinkSync(join(root, 'node_modules'), join(folder.path, 'node_modules'));
  folder.write(
    'tsconfig.json',
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: {
        noEmit: true,
        types: ['node'],
        paths: { 'cdk8s-rhdh': [join(root, 'lib/index.ts')] },
      },
      include: ['*/main.ts'],
    }),
  );
  programs.forEach(({ name, text }) => folder.write(`${name}/main.ts`, text));
  folder.write(
    'manifests/backstage.yaml',
    'apiVersion: rhdh.redhat.com/v1alpha4\nkind: Backstage\nmetadata: { name: developer-hub }\n',
  );
  folder.write(
    'manifests/dynamic-plugins.yaml',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: plugins }\ndata: { dynamic-plugins.yaml: "plugins: []" }\n',
  );
  folder.write(
    'manifests/app-config.yaml',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: app-config }\ndata: { app-config.yaml: "" }\n',
  );
});

test('the examples of the README compile under strict', () => {
  expect(node(join(__dirname, 'type-errors.js'), 'tsconfig.json')).toBe('');
}, 120_000);

test.each([
  ['example-1', ['0000-postgres', '0100-migration', '0200-backstage']],
  ['example-2', ['0200-backstage', '0300-sonataflow', '0400-orchestrator', '0500-workflows']],
  ['example-3', ['0000-postgres', '0200-backstage', '0300-sonataflow']],
  ['example-4', ['0200-backstage']],
])('%s of the README gives the bundles %j', (name, bundles) => {
  node(join(root, 'scripts/synth.mjs'), `${name}/main.ts`);
  const written = Object.keys(folder.files('dist')).filter((path) => path.endsWith('.k8s.yaml'));
  expect(written).toEqual(bundles.map((bundle) => `${bundle}.k8s.yaml`));
});

test('each example of the README is one of these', () => {
  expect(programs.map(({ name }) => name)).toEqual(['example-1', 'example-2', 'example-3', 'example-4']);
});
