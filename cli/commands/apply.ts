import type { Command } from 'commander';
import { addPlanOptions, clusterCommand } from '../options/common-options';
import { durationOption } from '../options/duration';
import { loadAndRun } from './load-and-run';
import type { ApplyCommandOptions } from '../run/apply';

export function applyCommand(): Command {
  return addPlanOptions(
    clusterCommand('apply', 'apply the bundles stage by stage, each when the one before is ready', [
      'cdk8s-rhdh apply dist',
      'cdk8s-rhdh apply dist -n rhdh --create-namespace --yes',
      'cdk8s-rhdh apply dist --from 0300 --timeout 30m --output json',
    ]),
  )
    .addOption(durationOption('--timeout <duration>', 'how long each stage may take', '15m'))
    .addOption(
      durationOption(
        '--patience <duration>',
        'how long to wait where only a change from outside helps: an image that cannot be pulled, a missing Secret',
        '2m',
      ),
    )
    .option('--dry-run', 'check everything and show the plan, write nothing')
    .option('-y, --yes', 'do not ask')
    .action(loadAndRun<ApplyCommandOptions>(() => require('../run/apply').runApply));
}
