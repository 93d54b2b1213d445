import type { Api } from '../rollout/kubernetes/api';
import type { MoveResult } from '../rollout/move/migrate';
import type { RollbackOptions } from '../rollout/move/rollback';
import { standingOf, type MoveStanding } from '../rollout/state/move-state';
import type { MoveCommandOptions } from '../options/common-options';
import { exitCodeOf, type ExitCode } from '../exit-code';
import { rightsAdvice } from '../rollout/findings/rights-advice';
import { saysDenied } from '../rollout/kubernetes/api-error';
import { ask } from './ask';
import { goBackCommand, goOnCommand } from './go-on-command';
import { finishing, inspectOptions, withInterruption } from './session';

/** Runs a command on a move, and tells how things stand when it did not come to its end. */
export async function withMove(
  command: 'migrate' | 'rollback',
  options: MoveCommandOptions,
  work: (api: Api, options: RollbackOptions) => Promise<MoveResult>,
): Promise<ExitCode> {
  return withInterruption(options, finishing, async (session) => {
    const { api, listener, signal, say } = session;
    const result = await work(api, {
      ...inspectOptions(options, session),
      timeout: options.timeout,
      patience: options.patience,
      signal,
      listener,
      confirm: options.yes ? undefined : (announcement) => confirm(command, announcement, say),
    });
    for (const line of whatNow(command, result)) say(line);
    return exitCodeOf(result.outcome);
  });
}

async function confirm(
  command: string,
  announcement: readonly string[],
  say: (message: string) => void,
): Promise<boolean> {
  for (const line of announcement) say(line);
  if (process.stdin.isTTY) return ask('Go on?');
  say(`Nobody can be asked here: run it with --yes. (cdk8s-rhdh ${command})`);
  return false;
}

/** What the person who ran the command has to know and to do after it did not succeed. */
function whatNow(command: 'migrate' | 'rollback', { outcome, state, message }: MoveResult): string[] {
  if (outcome === 'done' || outcome === 'refused' || outcome === 'declined') return [];
  const argv = process.argv.slice(2);
  const standing = state === undefined ? 'prepared' : standingOf(state);
  const why = message === undefined ? [] : [`Why it ended: ${message}`];
  if (message !== undefined && saysDenied(message)) why.push(rightsAdvice(command));
  const again = outcome === 'interrupted' ? 'To continue' : 'To continue once that is fixed';
  // After the last step there is nothing left to continue.
  const isBack = command === 'rollback' && standing === 'prepared';
  const ways = isBack ? [] : [`${again}: ${goOnCommand(argv)}`];
  if (command === 'migrate' && standing !== 'prepared') ways.push(`To go back: ${goBackCommand(argv)}`);
  return [...why, standingText[command][standing], ...ways];
}

const standingText: Readonly<Record<'migrate' | 'rollback', Readonly<Record<MoveStanding, string>>>> = {
  migrate: {
    prepared: 'The hub runs as before; nothing was switched.',
    stopped: 'The hub is stopped. Its data is where it was.',
    switched: 'The hub is on the new server, or on its way there.',
    moved: 'The hub is on the new server.',
  },
  rollback: {
    prepared: 'Nothing is left of the move.',
    stopped: 'The hub is stopped, and not started on the old server yet.',
    switched: 'The hub is on its way back to the old server.',
    moved: 'The hub is on the new server.',
  },
};
