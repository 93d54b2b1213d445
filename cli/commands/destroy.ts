import type { Command } from 'commander';
import { addDiscardOption, clusterCommand } from '../options/common-options';
import { durationOption } from '../options/duration';
import { loadAndRun } from './load-and-run';
import type { DestroyCommandOptions } from '../run/destroy';

export function destroyCommand(): Command {
  return addDiscardOption(
    clusterCommand(
      'destroy',
      'delete the hub, its plugins claim, and every SonataFlowPlatform and workflow of the namespace; wait until all is gone',
      [
        'cdk8s-rhdh destroy dist --dry-run',
        'cdk8s-rhdh destroy dist',
        'cdk8s-rhdh destroy dist --discard-local-database --yes',
      ],
    ),
  )
    .addOption(durationOption('--timeout <duration>', 'how long each step may take', '10m'))
    .option('--dry-run', 'name what would be deleted and what would stay, delete nothing')
    .option('-y, --yes', 'do not ask')
    .action(loadAndRun<DestroyCommandOptions>(() => require('../run/destroy').runDestroy));
}
