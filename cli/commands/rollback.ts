import type { Command } from 'commander';
import { addMoveOptions, clusterCommand, type MoveCommandOptions } from '../options/common-options';
import { loadAndRun } from './load-and-run';

export function rollbackCommand(): Command {
  return addMoveOptions(
    clusterCommand('rollback', 'go back from a move: to how the hub was before `migrate`', [
      'cdk8s-rhdh rollback dist',
      'cdk8s-rhdh rollback dist --yes --timeout 30m',
    ]),
  ).action(loadAndRun<MoveCommandOptions>(() => require('../run/rollback').runRollback));
}
