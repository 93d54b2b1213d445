import type { BundleFile } from '../bundles/bundle-file';
import { folded, type Problem } from '../findings/problem';
import { noState, readState } from '../state/rollout-state';
import type { Api } from '../kubernetes/api';
import { unlessForbidden } from '../kubernetes/unless-forbidden';
import { planStages } from '../plan/plan';
import type { RolloutStage } from '../stages/rollout-stage';
import { leftToApply, withoutMoveJobs } from '../stages/left-to-apply';
import { readMove } from '../state/move-state';
import { checkHubDatabase } from './hub-database';
import { checkMove } from './check-move';
import { checkNamespaces } from './namespaces';
import { checkPermissions, type Undertaking } from './permissions';
import { checkPluginChecksums } from './plugin-checksums';
import { checkReferences } from './check-references';
import { checkServedKinds } from './served-kinds';
import type { Inspection } from './inspection';
import { placeInNamespace, type NamespaceOptions } from '../stages/place-in-namespace';
import { selectStages } from '../stages/select-stages';

/** What the user asked for. */
export interface InspectOptions extends NamespaceOptions {
  /** First stage: its number or name. @default - the first */
  readonly from?: string;
  /** Last stage: its number or name. @default - the last */
  readonly to?: string;
  readonly createNamespace: boolean;
  readonly forceConflicts: boolean;
  readonly discardLocalDatabase: boolean;
  /** A rollout that is a step of `migrate` leaves the data to the move. */
  readonly command: Undertaking['command'];
}

/** Looks at bundles and cluster and reports everything that is wrong at once. Writes nothing. */
export async function inspect(
  api: Api,
  bundles: readonly BundleFile[],
  options: InspectOptions,
): Promise<Inspection> {
  const { command } = options;
  const isMoving = command === 'migrate';
  const serverVersion = await api.version();
  const placed = await placeInNamespace(bundles, api.discovery, options);
  const { home } = placed;
  const [namespaces, state = noState, move] = await Promise.all([
    checkNamespaces(api, placed.stages, options.createNamespace),
    unlessForbidden(readState(api, home)),
    unlessForbidden(readMove(api, home)),
  ]);
  const stages = isMoving ? withoutMoveJobs(placed.stages) : leftToApply(placed.stages, move);
  const selected = selectStages(stages, options.from, options.to);
  const [served, permissions, references, checksums, hubDatabase, plan] = await Promise.all([
    checkServedKinds(stages, api.discovery),
    checkPermissions(api, selected, home, {
      createsNamespace: options.createNamespace && namespaces.names.size > 0,
      command,
    }),
    checkReferences(api, stages),
    checkPluginChecksums(api, stages),
    isMoving ? [] : checkHubDatabase(api, selected, options.discardLocalDatabase),
    planStages(api, stages, state, { ...options, missingNamespaces: namespaces.names }),
  ]);
  const problems = problemsOf(selected, [
    ...placed.problems,
    ...namespaces.problems,
    ...served,
    ...permissions,
    ...references,
    ...checksums,
    ...hubDatabase,
    ...(isMoving ? [] : checkMove(move)),
    ...plan.problems.filter((problem) => !isToldBy(permissions, problem)),
  ]);
  return {
    serverVersion,
    stages,
    selected,
    home,
    missingNamespaces: namespaces.names,
    state,
    plan,
    problems,
  };
}

/**
 * Looks again, once the lock keeps everybody else out, at what somebody may have changed since: namespaces, state,
 * moves, databases of hubs, and objects. Bundles, permissions and references are taken as they were.
 */
export async function inspectAgain(
  api: Api,
  before: Inspection,
  options: InspectOptions,
): Promise<Inspection> {
  const { stages, selected, home } = before;
  const isMoving = options.command === 'migrate';
  const [{ names: missingNamespaces }, state, move, hubDatabase] = await Promise.all([
    checkNamespaces(api, stages, options.createNamespace),
    readState(api, home),
    isMoving ? undefined : readMove(api, home),
    isMoving ? [] : checkHubDatabase(api, selected, options.discardLocalDatabase),
  ]);
  const plan = await planStages(api, stages, state, { ...options, missingNamespaces, before: before.plan });
  const problems = problemsOf(selected, [...hubDatabase, ...checkMove(move), ...plan.problems]);
  return { ...before, missingNamespaces, state, plan, problems };
}

/** Problems of the stages that were asked for, and those that are of no file. */
function problemsOf(selected: readonly RolloutStage[], problems: readonly Problem[]): Problem[] {
  const files = new Set(selected.map(({ bundle }) => bundle.file));
  const ofSelected = problems.filter(
    ({ where }) => where === undefined || files.has(where.replace(/:\d+$/, '')),
  );
  return folded(ofSelected);
}

/** A dry run that is forbidden says what the permission check says better. */
function isToldBy(permissions: readonly Problem[], { rule, message }: Problem): boolean {
  return permissions.length > 0 && rule === 'admission' && message.includes(' cannot ');
}
