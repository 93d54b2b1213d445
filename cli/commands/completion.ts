import { readdirSync, type Dirent } from 'node:fs';
import type { Command } from 'commander';

/** The shells that completion is made for, and how each takes it. */
const examples = [
  'bash   source <(cdk8s-rhdh completion bash)            in ~/.bashrc',
  'zsh    source <(cdk8s-rhdh completion zsh)             in ~/.zshrc, after compinit',
  'fish   cdk8s-rhdh completion fish | source             in ~/.config/fish/config.fish',
];

/** Adds the command `completion`, and the hidden one that a shell asks for what fits. */
export async function addCompletion(program: Command): Promise<void> {
  const { default: tab } = await import('@bomb.sh/tab/commander');
  const { commands } = tab(program, { completionCommandName: 'completion' });
  program.commands
    .find((command) => command.name() === 'completion')
    ?.description('print what makes a shell complete commands and options')
    .addHelpText('after', `\nExamples:\n${examples.map((example) => `  ${example}`).join('\n')}`);
  type Complete = (value: string, description: string) => void;
  const stages = (complete: Complete) => stagesOf('dist').forEach((name) => complete(name, ''));
  const folders = (complete: Complete) => foldersOf('.').forEach((name) => complete(name, ''));
  for (const command of commands.values()) {
    const directory = command.arguments.get('dir');
    if (directory !== undefined) directory.handler = folders;
    for (const name of ['from', 'to']) {
      const option = command.options.get(name);
      if (option !== undefined) option.handler = stages;
    }
  }
}

/** The stages of a directory of bundles; the one that synthesis writes to is the one most people use. */
function stagesOf(directory: string): string[] {
  return entriesOf(directory)
    .filter((entry) => /^\d+[-_.].*\.ya?ml$/.test(entry.name))
    .map(({ name }) => name.replace(/(\.k8s)?\.ya?ml$/, ''));
}

/** Folders that may hold bundles. */
function foldersOf(directory: string): string[] {
  return entriesOf(directory)
    .filter((entry) => entry.isDirectory() && !/^\.|^node_modules$/.test(entry.name))
    .map(({ name }) => name);
}

function entriesOf(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
