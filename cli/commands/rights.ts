import { Argument, type Command } from 'commander';
import { clusterCommand } from '../options/common-options';
import { everyCommand } from '../rollout/findings/rules';
import { loadAndRun } from './load-and-run';
import type { RightsCommandOptions } from '../run/rights';

export function rightsCommand(): Command {
  const wanted = new Argument('[command]', 'the command that is to be run (default: every one)').choices(
    everyCommand,
  );
  const run = loadAndRun<RightsCommandOptions>(() => require('../run/rights').runRights);
  return clusterCommand(
    'rights',
    'print a Role and ClusterRole with what a command needs for the bundles; read nothing but kinds',
    [
      'cdk8s-rhdh rights apply dist > role.yaml',
      'cdk8s-rhdh rights migrate dist --no-optional | oc apply -f -',
      'cdk8s-rhdh rights',
    ],
    ['success', 'error'],
    [wanted],
  )
    .option('--no-optional', 'leave out the rules without which the command works, but tells less')
    .action((command: RightsCommandOptions['command'], directory, options: RightsCommandOptions, self) =>
      run(directory, { ...options, command }, self),
    );
}
