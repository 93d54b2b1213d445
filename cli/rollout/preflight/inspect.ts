import type { BundleFile } from '../bundles/bundle-file';
import { folded, found, ProblemsError, type Problem } from '../findings/problem';
import { noState, readState, type RolloutState } from '../state/rollout-state';
import type { Api } from '../kubernetes/api';
import { unlessForbidden } from '../kubernetes/unless-forbidden';
import { planStages, type Plan } from '../plan/plan';
import type { StagePlan } from '../plan/tell-plan';
import type { PlannedObject } from '../plan/planned-object';
import type { RolloutStage } from '../stages/rollout-stage';
import { leftToApply, withoutMoveJobs } from '../stages/left-to-apply';
import { readMove } from '../state/move-state';
import { checkHubDatabase } from './hub-database';
import { checkMove } from './check-move';
import { checkNamespaces } from './namespaces';
import { checkPermissions } from './permissions';
import { checkPluginChecksums } from './plugin-checksums';
import { checkReferences } from './check-references';
import { checkServedKinds } from './served-kinds';
import type { ClusterNames } from '../stages/tell-cluster';
import { placeInNamespace, type NamespaceOptions } from '../stages/place';

/** What the user asked for. */
export interface InspectOptions extends NamespaceOptions {
  /** First stage: its number or name. @default - the first */
  readonly from?: string;
  /** Last stage: its number or name. @default - the last */
  readonly to?: string;
  readonly createNamespace: boolean;
  readonly forceConflicts: boolean;
  readonly discardLocalDatabase: boolean;
  /** The rollout is a step of a move, which takes care of the data. @default false */
  readonly moving?: boolean;
}

/** Everything that is known before the first write. */
export interface Inspection extends ClusterNames {
  /** All stages of the directory. */
  readonly stages: readonly RolloutStage[];
  /** The stages that were asked for. */
  readonly selected: readonly RolloutStage[];
  readonly missingNamespaces: ReadonlySet<string>;
  readonly state: RolloutState;
  readonly plan: Plan;
  readonly problems: readonly Problem[];
}

/** What is planned for the stages that were asked for. */
export function selectedObjects({ selected, plan }: Pick<Inspection, 'selected' | 'plan'>): PlannedObject[] {
  const stages = new Set(selected.map(({ name }) => name));
  return plan.objects.filter(({ stage }) => stages.has(stage));
}

/** The same, stage by stage. */
export function plannedStages(
  inspection: Pick<Inspection, 'selected' | 'plan'>,
  diff: (item: PlannedObject) => string | undefined = () => undefined,
): StagePlan[] {
  return inspection.selected.map(({ name }) => ({
    stage: name,
    lines: inspection.plan.objects
      .filter(({ stage }) => stage === name)
      .map((item) => ({ ...item, diff: diff(item) })),
  }));
}

/** Whether a finding forbids to write. */
export function isRefused({ problems }: Pick<Inspection, 'problems'>): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

/** Looks at bundles and cluster and reports everything that is wrong at once. Writes nothing. */
export async function inspect(
  api: Api,
  bundles: readonly BundleFile[],
  options: InspectOptions,
): Promise<Inspection> {
  const serverVersion = await api.version();
  const placed = await placeInNamespace(bundles, api.discovery, options);
  const { home } = placed;
  const [namespaces, state = noState, move] = await Promise.all([
    checkNamespaces(api, placed.stages, options.createNamespace),
    unlessForbidden(readState(api, home)),
    unlessForbidden(readMove(api, home)),
  ]);
  const stages = options.moving ? withoutMoveJobs(placed.stages) : leftToApply(placed.stages, move);
  const selected = selectStages(stages, options.from, options.to);
  const [served, permissions, references, checksums, hubDatabase, plan] = await Promise.all([
    checkServedKinds(stages, api.discovery),
    checkPermissions(api, selected, home, options.createNamespace && namespaces.names.size > 0),
    checkReferences(api, stages),
    checkPluginChecksums(api, stages),
    options.moving ? [] : checkHubDatabase(api, selected, options.discardLocalDatabase),
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
    ...(options.moving ? [] : checkMove(move)),
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
  const [{ names: missingNamespaces }, state, move, hubDatabase] = await Promise.all([
    checkNamespaces(api, stages, options.createNamespace),
    readState(api, home),
    options.moving ? undefined : readMove(api, home),
    options.moving ? [] : checkHubDatabase(api, selected, options.discardLocalDatabase),
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

/** The stages between two names or numbers, both included. */
function selectStages(
  stages: readonly RolloutStage[],
  from: string | undefined,
  to: string | undefined,
): RolloutStage[] {
  const first = from === undefined ? 0 : indexOf(stages, from, '--from');
  const last = to === undefined ? stages.length - 1 : indexOf(stages, to, '--to');
  if (first > last) {
    const message = `${stages[first]?.name} comes after ${stages[last]?.name}`;
    throw new ProblemsError('No stage is left to apply:', [found('no-stage', { message })]);
  }
  return stages.slice(first, last + 1);
}

function indexOf(stages: readonly RolloutStage[], wanted: string, option: string): number {
  const index = stages.findIndex(
    ({ name, bundle }) => name === wanted || bundle.file === wanted || sameNumber(name, wanted),
  );
  if (index >= 0) return index;
  throw new ProblemsError(`${option} ${wanted} names no stage:`, [
    found('no-stage', { message: `there are: ${stages.map(({ name }) => name).join(', ')}` }),
  ]);
}

function sameNumber(name: string, wanted: string): boolean {
  return /^\d+$/.test(wanted) && Number(/^\d+/.exec(name)?.[0]) === Number(wanted);
}
