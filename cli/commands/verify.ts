import type { Command } from 'commander';
import { clusterCommand } from '../options/common-options';
import { durationOption } from '../options/duration';
import { loadAndRun } from './load-and-run';
import type { VerifyCommandOptions } from '../run/verify';

export function verifyCommand(): Command {
  return clusterCommand(
    'verify',
    'check that the cluster is what the bundles say, and that all is on the external database',
    [
      'cdk8s-rhdh verify dist',
      'cdk8s-rhdh verify dist --client-image registry.redhat.io/rhel9/postgresql-15',
      'cdk8s-rhdh verify dist --no-job --output json',
    ],
    ['success', 'error', 'notReady', 'interrupted'],
  )
    .option(
      '--client-image <image>',
      'image with bash and psql for the Job that asks the server (default: the one that the bundles use)',
    )
    .option('--no-job', 'do not ask the server: no Job is created')
    .addOption(durationOption('--timeout <duration>', 'how long the Job may take', '2m'))
    .action(loadAndRun<VerifyCommandOptions>(() => require('../run/verify').runVerify));
}
