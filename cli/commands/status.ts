import type { Command } from 'commander';
import { clusterCommand } from '../options/common-options';
import { loadAndRun } from './load-and-run';
import type { StatusCommandOptions } from '../run/status';

export function statusCommand(): Command {
  return clusterCommand(
    'status',
    'show each stage and object: ready or not, and why',
    ['cdk8s-rhdh status dist', 'cdk8s-rhdh status dist --watch', 'cdk8s-rhdh status dist --output json'],
    ['success', 'error', 'notReady', 'interrupted'],
  )
    .option('-w, --watch', 'keep showing changes, until Ctrl-C')
    .action(loadAndRun<StatusCommandOptions>(() => require('../run/status').runStatus));
}
