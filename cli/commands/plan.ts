import type { Command } from 'commander';
import { addPlanOptions, clusterCommand, type PlanCommandOptions } from '../options/common-options';
import { loadAndRun } from './load-and-run';

export function planCommand(): Command {
  return addPlanOptions(
    clusterCommand(
      'plan',
      'show what apply would do, and everything that stands in its way; write nothing',
      ['cdk8s-rhdh plan dist', 'cdk8s-rhdh plan dist --context production --output json'],
      ['success', 'error', 'changes'],
    ),
  ).action(loadAndRun<PlanCommandOptions>(() => require('../run/plan').runPlan));
}
