import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { applyCommand } from './apply';
import { destroyCommand } from './destroy';
import { migrateCommand } from './migrate';
import { planCommand } from './plan';
import { rightsCommand } from './rights';
import { rollbackCommand } from './rollback';
import { statusCommand } from './status';
import { verifyCommand } from './verify';

/** The whole command line. Commands load what they need when they run. */
export function createProgram(): Command {
  return new Command('cdk8s-rhdh')
    .description(
      'Rolls numbered bundles of Kubernetes YAML out in sequence, each when the one before is ready.',
    )
    .version(version(), '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .showHelpAfterError('Run with --help to see how it is used.')
    .addCommand(planCommand())
    .addCommand(applyCommand())
    .addCommand(statusCommand())
    .addCommand(verifyCommand())
    .addCommand(destroyCommand())
    .addCommand(migrateCommand())
    .addCommand(rollbackCommand())
    .addCommand(rightsCommand());
}

function version(): string {
  for (const up of ['..', '../..']) {
    try {
      const text = readFileSync(join(__dirname, up, 'package.json'), 'utf8');
      const { name, version } = JSON.parse(text) as { name: string; version: string };
      if (name === 'cdk8s-rhdh-cli') return version;
    } catch {
      continue;
    }
  }
  return 'unknown';
}
