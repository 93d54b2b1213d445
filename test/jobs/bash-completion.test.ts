import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requirePrograms } from '../programs';
import { CommandLine } from '../unit/command-line';

requirePrograms({ bash: 'bash', 'dh_bash-completion': 'bash-completion' });

let commandLine: CommandLine;
let tools: string;
beforeAll(() => {
  commandLine = new CommandLine();
  tools = mkdtempSync(join(tmpdir(), 'completion-'));
  const command = join(tools, 'cdk8s-rhdh');
  writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${commandLine.program}" "$@"\n`);
  chmodSync(command, 0o755);
});
afterAll(() => {
  commandLine.remove();
  rmSync(tools, { recursive: true });
});

/** What Tab offers after a line, in a bash that has read its startup file as `completion --help` says. */
function offered(line: string): string[] {
  const script = `
    source /usr/share/bash-completion/bash_completion
    source <(cdk8s-rhdh completion bash)
    COMP_LINE=$1 COMP_POINT=\${#1} COMP_TYPE=9 COMP_KEY=9
    read -ra COMP_WORDS <<< "$1"
    if [[ $1 == *' ' ]]; then COMP_WORDS+=(''); fi
    COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
    # bash refuses it outside of a completion that a key has started
    compopt() { :; }
    $(complete -p cdk8s-rhdh | sed 's/.*-F \\([^ ]*\\).*/\\1/')
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const env = { PATH: `${tools}:${process.env.PATH}`, HOME: tools };
  const output = execFileSync('bash', ['--norc', '-c', script, 'bash', line], { encoding: 'utf8', env });
  return output.split('\n').filter((word) => word !== '');
}

test.each([
  ['cdk8s-rhdh pl', ['plan']],
  ['cdk8s-rhdh apply --time', ['--timeout']],
  ['cdk8s-rhdh apply --output ', ['text', 'json']],
  ['cdk8s-rhdh completion ', ['zsh', 'bash', 'fish', 'powershell']],
])('after "%s" bash offers %j', (line, expected) => {
  expect(offered(line)).toEqual(expected);
});
