import { Option, type Command } from 'commander';
import { addMoveOptions, clusterCommand } from '../options/common-options';
import { loadAndRun } from './load-and-run';
import type { MigrateCommandOptions } from '../run/migrate';

export function migrateCommand(): Command {
  return addMoveOptions(
    clusterCommand('migrate', 'move a hub with its data: stop, copy, prove, switch, check', [
      'cdk8s-rhdh migrate dist --dry-run',
      'cdk8s-rhdh migrate dist',
      'cdk8s-rhdh migrate dist --prove sample --yes --output json',
    ]),
  )
    .option('--gitops-paused', 'continue although Argo CD or Flux manages the hub: its sync is paused')
    .addOption(
      new Option(
        '--prove <how>',
        'compare all rows, or of tables of 1 GiB and more a sample (default: what the bundle says)',
      ).choices(['full', 'sample']),
    )
    .option('--dry-run', 'check everything that can be checked without a write, and show the steps')
    .action(loadAndRun<MigrateCommandOptions>(() => require('../run/migrate').runMigrate));
}
