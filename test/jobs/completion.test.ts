import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requirePrograms } from '../programs';
import { CommandLine } from '../unit/command-line';

requirePrograms({ bash: 'bash', 'dh_bash-completion': 'bash-completion', zsh: 'zsh', fish: 'fish' });

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

/** Runs a script in a shell that finds the command line and has read no startup file. */
function inShell(shell: string, args: readonly string[]): string {
  const env = { PATH: `${tools}:${process.env.PATH}`, HOME: tools, TERM: 'xterm' };
  return execFileSync(shell, args, { encoding: 'utf8', env, timeout: 50_000 });
}

/** What Tab offers after a line, in shells that have read what `completion --help` says. */
const shells: Readonly<Record<string, (line: string) => string>> = {
  bash(line) {
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
    return inShell('bash', ['--norc', '-c', script, 'bash', line]);
  },
  /** Tab is pressed on a terminal; `compadd` is what zsh is told of each word that it offers. */
  zsh(line) {
    const offers = join(tools, 'offers');
    writeFileSync(offers, '');
    const interactive = `
      autoload -Uz compinit && compinit -D -u
      source <(cdk8s-rhdh completion zsh)
      compadd() {
        if [[ \${@[1,(i)(-|--)]} == *-[OAD]\\ * ]]; then builtin compadd "$@"; return; fi
        local -a words
        builtin compadd -O words "$@"
        print -rl -- $words >> '${offers}'
        builtin compadd "$@"
      }
      tab() { zle complete-word; print end >> '${offers}' }
      zle -N tab; bindkey '^I' tab
    `;
    const script = `
      zmodload zsh/zpty
      zpty shell zsh -f -i
      zpty -w shell "$1"
      zpty -w -n shell "$2"$'\\t'
      while ! grep -qx end '${offers}'; do zpty -r -t shell ignored; sleep 0.05; done
      zpty -d shell`;
    inShell('zsh', ['-f', '-c', script, 'zsh', interactive, line]);
    return readFileSync(offers, 'utf8').replace(/^end$/m, '');
  },
  fish(line) {
    const script = 'cdk8s-rhdh completion fish | source; complete --do-complete $argv[1]';
    return inShell('fish', ['--no-config', '-c', script, line]).replace(/\t.*/g, '');
  },
};

const offered = (shell: string, line: string) =>
  shells[shell]!(line)
    .split('\n')
    .filter((word) => word !== '')
    .sort();

test.each(
  Object.keys(shells).flatMap((shell) => [
    { shell, line: 'cdk8s-rhdh pl', words: ['plan'] },
    { shell, line: 'cdk8s-rhdh apply --time', words: ['--timeout'] },
    { shell, line: 'cdk8s-rhdh apply --from 03', words: ['0300-sonataflow'] },
    { shell, line: 'cdk8s-rhdh apply --output ', words: ['json', 'text'] },
    { shell, line: 'cdk8s-rhdh completion ', words: ['bash', 'fish', 'powershell', 'zsh'] },
  ]),
)('after "$line" $shell offers $words', ({ shell, line, words }) => {
  expect(offered(shell, line)).toEqual(words);
});
