import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandLine } from './command-line';

let commandLine: CommandLine;
let folder: string;
beforeAll(() => {
  commandLine = new CommandLine();
  folder = mkdtempSync(join(tmpdir(), 'bundles-'));
  writeFileSync(join(folder, '0000-x.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n');
});
afterAll(() => {
  commandLine.remove();
  rmSync(folder, { recursive: true });
});

const commands = ['plan', 'apply', 'status', 'verify', 'destroy'];

test('the help names every command', () => {
  const { status, stdout } = commandLine.run(['--help']);
  expect(status).toBe(0);
  for (const name of [...commands, 'rights', 'completion']) {
    expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
  }
});

test.each(commands)('the help of %s has options, examples and exit codes', (name) => {
  const { status, stdout, stderr } = commandLine.run([name, '--help']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain(`Usage: cdk8s-rhdh ${name} [options] [dir]`);
  expect(stdout).toContain('--kubeconfig <file>');
  expect(stdout).toMatch(new RegExp(`\nExamples:\n  \\$ cdk8s-rhdh ${name} dist`));
  expect(stdout).toMatch(/\nExit codes:\n {2}0 {4}done, and everything is as it should be\n/);
});

test('rights takes a command before the directory, and knows which there are', () => {
  const { status, stdout } = commandLine.run(['rights', '--help']);
  expect(status).toBe(0);
  expect(stdout).toContain('Usage: cdk8s-rhdh rights [options] [command] [dir]');
  expect(commandLine.run(['rights', 'deploy'])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining(
      'Allowed choices are plan, apply, status, verify, destroy, migrate, rollback.',
    ) as string,
  });
});

test('plan and status alone have the exit codes that they alone can have', () => {
  const codes = (name: string) =>
    [...commandLine.run([name, '--help']).stdout.matchAll(/^ {2}(\d+) +[a-z]/gm)].map(([, code]) => code);
  expect(codes('plan')).toEqual(['0', '1', '2']);
  expect(codes('status')).toEqual(['0', '1', '3', '130']);
  expect(codes('verify')).toEqual(['0', '1', '3', '130']);
  expect(codes('apply')).toEqual(['0', '1', '3', '4', '5', '130']);
});

test.each([
  [['no-such-command'], "error: unknown command 'no-such-command'\n"],
  [['apply', '--no-such-option'], "error: unknown option '--no-such-option'\n"],
  [['apply', '--timeout', 'soon'], "argument 'soon' is invalid. Write it like 90s, 15m or 1h30m.\n"],
  [
    ['plan', '-n', 'Bad_Name'],
    'A namespace is a DNS label: lower-case letters, digits and -, at most 63 characters.\n',
  ],
  [['plan', '--output', 'xml'], 'Allowed choices are text, json.\n'],
])('%j is a usage error with exit code 1 and a way to help', (args, message) => {
  const { status, stdout, stderr } = commandLine.run(args);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr).toContain('Run with --help to see how it is used.');
});

test.each(commands)('%s without a kubeconfig says so, without a stack trace', (name) => {
  const { status, stderr } = commandLine.run([name, folder]);
  expect(status).toBe(1);
  expect(stderr).toContain('/no/such/kubeconfig');
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('with --debug there is a stack trace', () => {
  expect(commandLine.run(['plan', folder, '--debug']).stderr).toMatch(/^\s+at /m);
});

test('an error is an event of --output json too', () => {
  const { stdout } = commandLine.run(['plan', join(folder, 'none'), '--output', 'json']);
  expect(JSON.parse(stdout)).toMatchObject({
    type: 'error',
    problems: [{ rule: 'no-directory', message: 'there is no such directory' }],
  });
});

test('the version is that of the package', () => {
  const { version } = require('../../package.json') as { version: string };
  expect(commandLine.run(['--version']).stdout).toBe(`${version}\n`);
});

test.each([
  [['pl'], ['plan']],
  [['apply', '--out'], ['--output']],
  [
    ['apply', '--output', ''],
    ['text', 'json'],
  ],
  [['apply', '--from', '03'], ['0300-sonataflow']],
  [['status', 'di'], ['dist']],
])('a shell that asks for %j gets %j', (words, expected) => {
  const { status, stdout } = commandLine.run(['complete', '--', ...words]);
  expect(status).toBe(0);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.slice(0, -1).map((line) => line.split('\t')[0])).toEqual(expected);
});
