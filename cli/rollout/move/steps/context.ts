import type { BundleFile } from '../../bundles/bundle-file';
import type { Listener } from '../../event';
import type { Api } from '../../kubernetes/api';
import type { Lock } from '../../state/lock';
import type { InspectOptions } from '../../preflight/inspect';
import type { RolloutStage } from '../../stages/rollout-stage';
import type { Move } from '../clients/find-move';
import { logLineText } from './log-line-text';
import { keptProblems } from './check-kept';
import { keptName, readKept, type Kept } from './kept';
import type { CommandOptions, MoveCommand } from '../job/command-job';
import { runCommand } from '../job/run-command';
import { failureText, isSuccess, type CommandResult } from '../job/command-result';
import { recordOf, type MoveState, type StepName } from '../../state/move-state';
import { StepError } from '../job/step-error';

/** What every step of a move works with. */
export interface MoveContext extends CommandOptions {
  readonly api: Api;
  /** The namespace of the hub, and of what is kept of the move. */
  readonly home: string;
  readonly move: Move;
  readonly bundles: readonly BundleFile[];
  readonly stages: readonly RolloutStage[];
  readonly inspect: InspectOptions;
  readonly lock: Lock;
  /** How the copy is proven. @default - as the bundle says */
  readonly prove?: 'full' | 'sample';
  /** The state as it was when the step began, with the step's own record. */
  readonly state: MoveState;
}

/** What a step asks of a command. */
export interface CommandWish {
  /** Counts runs of the same command in one step. @default 1 */
  readonly attempt?: number;
  /** Variables of the container with another value than in the bundle. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** Runs a command in a step; a run that was begun before the process was killed is gone on with. */
export async function commandIn(
  context: MoveContext,
  step: StepName,
  command: MoveCommand,
  { attempt = 1, variables }: CommandWish = {},
): Promise<CommandResult> {
  const run = `${recordOf(context.state, step)?.started} ${attempt}`;
  const listener: Listener = (event) =>
    context.listener(event.type === 'job-log' ? { ...event, line: logLineText(event.line) } : event);
  const result = await runCommand(
    context.api,
    context.move.job,
    { command, run, variables },
    { ...context, listener },
  );
  for (const { level, code, text } of result.findings) {
    const severity = level === 'notes' ? 'warning' : 'error';
    context.listener({ type: 'finding', finding: { severity, rule: code, message: text } });
  }
  return result;
}

/** @throws StepError when the command did not do what it was asked for */
export function expectSuccess(result: CommandResult): CommandResult {
  if (!isSuccess(result)) throw new StepError(failureText(result));
  return result;
}

/** What the step `keep` kept. @throws StepError when it is not there any more, or was changed since */
export async function keptIn({ api, home, move, stages, state }: MoveContext): Promise<Kept> {
  const kept = await readKept(api, home);
  if (kept === undefined) {
    throw new StepError(`what was kept for the way back is gone: Secret/${keptName}`);
  }
  const later = stages
    .filter(({ index }) => index > move.stageIndex)
    .flatMap(({ objects }) => objects.map(({ object }) => object));
  const problems = keptProblems(kept, { home, move, later, digest: recordOf(state, 'keep')?.kept });
  if (problems.length === 0) return kept;
  throw new StepError(
    [
      `Secret/${keptName} is not as the move wrote it, so nothing of it is used; put it back from a backup of the cluster`,
      ...problems,
    ].join('\n  - '),
  );
}
