import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { binaries, builds } from './binaries';
import { build } from './build';

const [etcd] = builds;
const before = { ...process.env };
let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'cdk8s-rhdh-build-'));
  process.env.GOCACHE ??= execFileSync('go', ['env', 'GOCACHE'], { encoding: 'utf8' }).trim();
  process.env.XDG_CACHE_HOME = cache;
});
afterEach(() => {
  process.env = { ...before };
  rmSync(cache, { recursive: true });
});

test('two runs at once build once, and leave nothing else in the cache, not even of a run that was killed', async () => {
  const lines: string[] = [];
  const report = (line: string) => lines.push(line);
  const planned = join(cache, 'cdk8s-rhdh/control-plane');
  const [first, second] = await Promise.all([build(etcd, report), build(etcd, report)]);
  expect(first).toBe(second);
  expect(lines.filter((line) => !line.startsWith('still'))).toEqual([
    'building etcd v3.6.5, once (the first build of all takes minutes)',
  ]);
  expect(execFileSync(join(first, 'etcd'), ['--version'], { encoding: 'utf8' })).toContain(
    'etcd Version: 3.6.5',
  );

  rmSync(first, { recursive: true });
  mkdirSync(join(planned, `.building-${basename(first)}`));
  writeFileSync(join(planned, `.building-${basename(first)}`, 'half-written'), '');
  await build(etcd, report);

  expect(readdirSync(planned)).toEqual([basename(first)]);
  expect(readdirSync(first)).toEqual(['etcd']);
});

test('without Go the error says what to install and what to set instead', async () => {
  process.env.PATH = '/nonexistent';
  await expect(build(etcd, () => undefined)).rejects.toThrow(
    `The programs of the tests are built with Go 1.24 or newer, and there is no "go" on the PATH.
Install Go 1.24 or newer: https://go.dev/dl.`,
  );
});

test('programs in the folder that KUBEBUILDER_ASSETS names are used as they are', async () => {
  const programs = builds.flatMap((each) => Object.keys(each.programs));
  for (const program of programs) writeFileSync(join(cache, program), '');
  process.env.KUBEBUILDER_ASSETS = cache;

  expect(await binaries()).toEqual(
    Object.fromEntries(programs.map((program) => [program, join(cache, program)])),
  );

  process.env.KUBEBUILDER_ASSETS = '/nonexistent';
  await expect(binaries()).rejects.toThrow('KUBEBUILDER_ASSETS names /nonexistent, which does not exist.');
});
