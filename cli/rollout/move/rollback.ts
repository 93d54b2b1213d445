import type { BundleFile } from '../bundles/bundle-file';
import type { Api } from '../kubernetes/api';
import { isSuccess } from './job/command-result';
import type { Problem } from '../findings/problem';
import { objectsOfStages } from '../preflight/apply-rights';
import { checkRights } from '../preflight/check-rights';
import { permissionsFor } from '../preflight/permission';
import { locateMove, underMoveLock, type LocatedMove, type MoveOptions, type MoveResult } from './migrate';
import { rollbackRights } from './move-rights';
import { runCommand } from './job/run-command';
import { goBack, type MoveRun } from './run-steps';
import { recordOf, standingOf, type MoveState } from '../state/move-state';
import { writtenText, type WrittenTable } from './job/written';

/** What `rollback` was asked for. */
export interface RollbackOptions extends MoveOptions {
  /** Asked before a hub that was switched goes back. @default - told what is announced, and not asked */
  readonly confirm?: (announcement: readonly string[]) => Promise<boolean>;
}

/**
 * Goes back from a move: before the switch everything is started as before; after it the hub returns to the old
 * server with its old Secret, and what was written to the new server since stays there.
 *
 * @throws LockedError when somebody else rolls out into the namespace.
 * @throws ProblemsError when the bundles carry no move.
 */
export async function rollback(
  api: Api,
  bundles: readonly BundleFile[],
  options: RollbackOptions,
): Promise<MoveResult> {
  const located = await locateMove(api, bundles, options);
  const { state, home } = located;
  if (state === undefined || standingOf(state) === 'prepared') {
    options.listener({
      type: 'note',
      message: `No move in the namespace ${home} has stopped or switched the hub; there is nothing to go back from.`,
    });
    return { outcome: 'done', state };
  }
  const denied = await lackedRights(api, located);
  for (const finding of denied) options.listener({ type: 'finding', finding });
  if (denied.some(({ severity }) => severity === 'error')) return { outcome: 'refused', state };
  return underMoveLock(api, bundles, options, located, async (run) => {
    if (standingOf(state) !== 'stopped') {
      const lines = await announcement(run, state);
      if (options.confirm === undefined) {
        for (const message of lines) options.listener({ type: 'note', message });
      } else if (!(await options.confirm(lines))) {
        return { outcome: 'declined', state };
      }
    }
    return goBack(run, state);
  });
}

/** Whoever cannot go all the way back does not begin. */
async function lackedRights(api: Api, { move, stages, home }: LocatedMove): Promise<Problem[]> {
  const rights = await rollbackRights(api, move, stages, home);
  return checkRights(
    api,
    await permissionsFor(api.discovery, rights, objectsOfStages(stages)),
    home,
    'rollback',
  );
}

/** What a person has to know before a hub that was switched goes back. */
async function announcement(run: MoveRun, state: MoveState): Promise<string[]> {
  const since = recordOf(state, 'copy')?.ended ?? recordOf(state, 'switch')?.started ?? '';
  const written = await writtenSince(run);
  return [
    `Backstage/${state.hub} goes back to the old server, with the data of ${since}.`,
    ...written,
    'The databases on the new server stay as they are.',
  ];
}

async function writtenSince(run: MoveRun): Promise<string[]> {
  try {
    const command = { command: 'written', run: new Date().toISOString() } as const;
    const result = await runCommand(run.api, run.move.job, command, run);
    if (isSuccess(result)) return writtenText((result.written ?? []) as WrittenTable[]);
    return ['What was written to the new server since is not known: the Job could not tell.'];
  } catch (error) {
    if (run.signal.aborted) throw error;
    return [`What was written to the new server since is not known: ${(error as Error).message}`];
  }
}
