import { Command, InvalidArgumentError, Option, type Argument } from 'commander';
import { isNamespace, namespaceAdvice } from '../rollout/findings/namespace';
import { durationOption } from './duration';
import { exitCodesText, type exitCode } from '../exit-code';

/** Options that every command has. */
export interface CommonOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace?: string;
  readonly output: 'text' | 'json';
  readonly debug?: boolean;
}

/** Exit codes of a command that changes the cluster. */
const ofWriting = ['success', 'error', 'notReady', 'timeout', 'locked', 'interrupted'] as const;

/**
 * A command on a directory of bundles and a cluster.
 *
 * @param leading arguments before the directory
 */
export function clusterCommand(
  name: string,
  description: string,
  examples: readonly string[],
  exitCodes: readonly (keyof typeof exitCode)[] = ofWriting,
  leading: readonly Argument[] = [],
): Command {
  const command = new Command(name).description(description);
  for (const argument of leading) command.addArgument(argument);
  return command
    .argument('[dir]', 'directory of the numbered YAML files', 'dist')
    .option(
      '--kubeconfig <file>',
      'kubeconfig (default: KUBECONFIG, ~/.kube/config, or the pod’s service account)',
    )
    .option('--context <name>', 'context of the kubeconfig (default: its current one)')
    .option(
      '-n, --namespace <name>',
      'namespace of objects that name none (default: the context’s)',
      parseNamespace,
    )
    .addOption(
      new Option('-o, --output <format>', 'text, or json: one event a line')
        .choices(['text', 'json'])
        .default('text'),
    )
    .option('--debug', 'show the stack trace of an error')
    .helpOption('-h, --help', 'show this help')
    .showHelpAfterError('Run with --help to see how it is used.')
    .addHelpText('after', `\nExamples:\n${examples.map((example) => `  $ ${example}`).join('\n')}`)
    .addHelpText('after', `\nExit codes:\n${exitCodesText(exitCodes)}`);
}

/** @throws InvalidArgumentError for what is no name of a namespace */
function parseNamespace(text: string): string {
  if (isNamespace(text)) return text;
  throw new InvalidArgumentError(namespaceAdvice);
}

/** Options of the commands that look at what applying would do. */
export function addPlanOptions(command: Command): Command {
  return addDiscardOption(
    command
      .option('--from <stage>', 'first stage: its number or name')
      .option('--to <stage>', 'last stage: its number or name')
      .option('--force-conflicts', 'take fields over that other managers own')
      .option('--create-namespace', 'create the namespace where it is missing'),
  );
}

/** The option that throws data away. */
export function addDiscardOption(command: Command): Command {
  return command.option(
    '--discard-local-database',
    'continue although the hub’s data would stay in the operator’s local database',
  );
}

/** What `addPlanOptions` gives. */
export interface PlanCommandOptions extends CommonOptions {
  readonly from?: string;
  readonly to?: string;
  readonly forceConflicts?: boolean;
  readonly createNamespace?: boolean;
  readonly discardLocalDatabase?: boolean;
}

/** Options of the commands on a move. */
export interface MoveCommandOptions extends CommonOptions {
  readonly timeout: number;
  readonly patience: number;
  readonly forceConflicts?: boolean;
  readonly yes?: boolean;
}

/** What `migrate` and `rollback` have in common. */
export function addMoveOptions(command: Command): Command {
  return command
    .addOption(
      durationOption('--timeout <duration>', 'how long each step may take, except for the copy', '15m'),
    )
    .addOption(
      durationOption(
        '--patience <duration>',
        'how long to wait where only a change from outside helps',
        '2m',
      ),
    )
    .option('--force-conflicts', 'take fields over that other managers own')
    .option('-y, --yes', 'do not ask');
}
