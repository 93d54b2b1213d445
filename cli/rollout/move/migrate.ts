import { isDeepStrictEqual } from 'node:util';
import { platform, rhdhOperator } from 'cdk8s-rhdh/operators';
import { acquireLock } from '../state/lock';
import type { BundleFile } from '../bundles/bundle-file';
import { displayName, groupKind } from '../kubernetes/object';
import { found, ProblemsError, type Problem } from '../findings/problem';
import { referenceTo, type Api } from '../kubernetes/api';
import type { Outcome } from '../outcome';
import { objectsOfStages } from '../preflight/apply-rights';
import { inspect, type InspectOptions } from '../preflight/inspect';
import { placeInNamespace } from '../stages/place-in-namespace';
import type { RolloutStage } from '../stages/rollout-stage';
import { findMove, type Move } from './clients/find-move';
import { findClients } from './clients/find-clients';
import { checkRights } from '../preflight/check-rights';
import { permissionsFor } from '../preflight/permission';
import { migrateRights } from './move-rights';
import type { CommandOptions } from './job/command-job';
import { goForward, type MoveRun, type RunResult } from './run-steps';
import { keptIn } from './steps/context';
import { isBegun, isDone, readMove, recordOf, standingOf, type MoveState } from '../state/move-state';
import { steps } from './steps/table';

/** What a move, or the way back, was asked for. */
export interface MoveOptions extends CommandOptions, Omit<InspectOptions, 'command'> {}

/** What `migrate` was asked for. */
export interface MigrateOptions extends MoveOptions {
  readonly dryRun: boolean;
  /** The sync of a GitOps controller that manages the hub is paused. */
  readonly gitOpsPaused: boolean;
  /** How the copy is proven. @default - as the bundle says */
  readonly prove?: 'full' | 'sample';
  /** Asked before the hub is stopped. @default - not asked */
  readonly confirm?: (announcement: readonly string[]) => Promise<boolean>;
}

/** How a command on a move ended. */
export interface MoveResult {
  readonly outcome: Outcome;
  readonly state?: MoveState;
  readonly message?: string;
}

/** The move of a directory, in its namespace. */
export interface LocatedMove {
  readonly move: Move;
  readonly stages: readonly RolloutStage[];
  readonly home: string;
  /** The state in the cluster. */
  readonly state?: MoveState;
}

/**
 * Moves a hub with its data: from nothing, or from where an earlier run was killed.
 *
 * @throws LockedError when somebody else rolls out into the namespace.
 * @throws ProblemsError when the bundles carry no move.
 */
export async function migrate(
  api: Api,
  bundles: readonly BundleFile[],
  options: MigrateOptions,
): Promise<MoveResult> {
  const located = await locateMove(api, bundles, options);
  const standing = located.state === undefined ? 'prepared' : standingOf(located.state);
  if (standing === 'moved') {
    options.listener({
      type: 'note',
      message: `Backstage/${located.move.hub.metadata.name} was moved and checked; there is nothing to do.`,
    });
    return { outcome: 'done', state: located.state };
  }
  if (standing !== 'prepared') return run(api, bundles, options, located, located.state as MoveState, []);
  const { problems, stopped } = await examine(api, bundles, options, located);
  for (const finding of problems) options.listener({ type: 'finding', finding });
  if (problems.some(({ severity }) => severity === 'error')) return { outcome: 'refused' };
  if (options.dryRun) {
    for (const { name, title } of steps) {
      options.listener({ type: 'move-step', step: name, state: 'planned', title });
    }
    options.listener({ type: 'note', message: stopsText(stopped) });
    return { outcome: 'done' };
  }
  const fresh: MoveState = { hub: located.move.hub.metadata.name, steps: [] };
  return run(api, bundles, options, located, fresh, stopped);
}

/** Finds the move that the bundles carry, and how it stands. @throws ProblemsError */
export async function locateMove(
  api: Api,
  bundles: readonly BundleFile[],
  options: MoveOptions,
): Promise<LocatedMove> {
  const { stages, home } = await placeInNamespace(bundles, api.discovery, options);
  const move = findMove(stages);
  const state = await readMove(api, home);
  const other = state !== undefined && state.hub !== move.hub.metadata.name && isBegun(state, 'stop');
  if (other && standingOf(state) !== 'moved') {
    const message = `the move of Backstage/${state.hub} is under way in the namespace ${home}`;
    throw new ProblemsError('Another hub of the namespace is being moved:', [
      found('other-move', { message }),
    ]);
  }
  return { move, stages, home, state };
}

interface Examination {
  readonly problems: readonly Problem[];
  /** Who will be stopped. */
  readonly stopped: readonly string[];
}

/** Everything that can be known before the first write. */
async function examine(
  api: Api,
  bundles: readonly BundleFile[],
  options: MigrateOptions,
  { move, stages, home }: LocatedMove,
): Promise<Examination> {
  const inspection = await inspect(api, bundles, { ...options, command: 'migrate' });
  const settled = await ownedByOperator(api, stages);
  const permissions = await permissionsFor(
    api.discovery,
    await migrateRights(api, move, stages, home),
    objectsOfStages(stages),
  );
  const rights = await checkRights(api, permissions, home, 'migrate');
  const { clients, problems } = await findClients(api, home, move, stages, options.gitOpsPaused);
  return {
    problems: [
      ...inspection.problems.filter((problem) => !isSettled(problem, settled)),
      ...rights,
      ...problems,
    ],
    stopped: clients.map(({ object }) => displayName(object)),
  };
}

/** Where the operator's own platforms are in the bundles: their fields are handed over before they are applied. */
async function ownedByOperator(api: Api, stages: readonly RolloutStage[]): Promise<Set<string>> {
  const platforms = stages
    .flatMap(({ objects }) => objects)
    .filter(({ object }) => groupKind(object) === platform);
  const live = await Promise.all(platforms.map(({ object }) => api.find(referenceTo(object))));
  const owned = platforms.filter((_, index) =>
    live[index]?.metadata.managedFields?.some(({ manager }) => manager === rhdhOperator),
  );
  return new Set(owned.map(({ manifest }) => `${manifest.file}:${manifest.line}`));
}

/** A dry run of such a platform is refused for fields that are going to be handed over. */
function isSettled({ where, rule, managers = [] }: Problem, handedOver: ReadonlySet<string>): boolean {
  if (where === undefined || !handedOver.has(where)) return false;
  return (
    rule === 'invalid-object' ||
    (rule === 'field-conflict' && managers.every((manager) => manager === rhdhOperator))
  );
}

async function run(
  api: Api,
  bundles: readonly BundleFile[],
  options: MigrateOptions,
  located: LocatedMove,
  state: MoveState,
  stopped: readonly string[],
): Promise<MoveResult> {
  const { confirm, prove } = options;
  return underMoveLock(api, bundles, options, located, (moveRun) =>
    goForward(
      { ...moveRun, prove },
      state,
      async (before) =>
        confirm === undefined || confirm([recordOf(before, 'preflight')?.message ?? '', stopsText(stopped)]),
    ),
  );
}

function stopsText(stopped: readonly string[]): string {
  return `Stopped for as long as the copy takes: ${stopped.join(', ')}.`;
}

/** What the rollouts of a move are asked for. Nobody is asked again in the middle. */
function inspectOf({
  namespace,
  namespaceIsExplicit,
  createNamespace,
  forceConflicts,
  discardLocalDatabase,
}: MoveOptions): InspectOptions {
  return {
    namespace,
    namespaceIsExplicit,
    createNamespace,
    forceConflicts,
    discardLocalDatabase,
    command: 'migrate',
  };
}

/**
 * Works under the lock of the namespace.
 *
 * @throws LockedError when somebody else has it.
 * @throws Error when somebody else had it after the state was read.
 * @throws StepError when what was kept is not to be trusted, before anything is done.
 */
export async function underMoveLock(
  api: Api,
  bundles: readonly BundleFile[],
  options: MoveOptions,
  { move, stages, home, state }: LocatedMove,
  work: (run: MoveRun) => Promise<RunResult>,
): Promise<RunResult> {
  const lock = await acquireLock(api, home);
  const signal = AbortSignal.any([options.signal, lock.lost]);
  const { timeout, patience, listener } = options;
  try {
    if (!isDeepStrictEqual(await readMove(api, home), state)) {
      throw new Error(
        'somebody else went on with the move meanwhile: look at `cdk8s-rhdh status`, and run again',
      );
    }
    const moveRun: MoveRun = {
      api: api.under({ signal, beforeWrite: () => lock.confirmed() }),
      home,
      move,
      bundles,
      stages,
      inspect: inspectOf(options),
      lock,
      timeout,
      patience,
      signal,
      listener,
    };
    if (state !== undefined && isDone(state, 'keep')) await keptIn({ ...moveRun, state });
    const result = await work(moveRun);
    lock.lost.throwIfAborted();
    return result;
  } finally {
    await lock.release();
  }
}
