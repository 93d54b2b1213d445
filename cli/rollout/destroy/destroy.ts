import type { BundleFile } from '../bundles/bundle-file';
import { displayName, type KubeObject } from '../kubernetes/object';
import type { Listener, RolloutEvent } from '../event';
import type { Outcome } from '../outcome';
import { referenceTo, type Api } from '../kubernetes/api';
import { isConflict } from '../kubernetes/api-error';
import { tellPlan } from '../plan/tell-plan';
import { tellCluster } from '../stages/tell-cluster';
import { acquireLock, type Lock } from '../state/lock';
import { tellWaiting, waitingEvent, type AwaitedState } from '../wait/tell-waiting';
import { stillThere, waitUntilGone } from '../wait/until-gone';
import { isOfPods, ownedBy } from './owned';
import { planDestroy, stepsOf, type DestroyPlan, type DestroyPlanOptions } from './plan-destroy';
import { checkDataOf } from './refusals';
import { isOfRelease, type HelmRelease } from './targets';
import { destroyStages } from './destroy-stages';

/** What `destroy` was asked for. */
export interface DestroyOptions extends DestroyPlanOptions {
  /** For each step, in milliseconds. */
  readonly timeout: number;
  /** Only the plan. */
  readonly dryRun: boolean;
  /** Ends the deletion after the request under way. */
  readonly signal: AbortSignal;
  readonly listener: Listener;
  /** Asked before the first deletion. @default - not asked */
  readonly confirm?: (plan: DestroyPlan) => Promise<boolean>;
  /** Uninstalls a release of Helm. @default - what Helm made is left, and said */
  readonly uninstall?: (release: HelmRelease) => Promise<void>;
}

/**
 * Deletes the hubs of the bundles, their plugins claims, and the platforms and workflows of their namespaces, and
 * waits until they and what belongs to them are gone.
 *
 * @returns `left` where all but what Helm made is gone
 * @throws LockedError when somebody else rolls out into the namespace.
 */
export async function destroy(
  api: Api,
  bundles: readonly BundleFile[],
  options: DestroyOptions,
): Promise<Outcome> {
  const { listener } = options;
  const plan = await planDestroy(api, bundles, options);
  tellCluster(api, plan, listener);
  for (const finding of plan.problems) listener({ type: 'finding', finding });
  const stages = destroyStages(plan);
  if (stages.length > 0) tellPlan(stages, listener);
  if (plan.problems.some(({ severity }) => severity === 'error')) return 'refused';
  if (stepsOf(plan.targets).length === 0) {
    listener({ type: 'note', message: 'Nothing to delete.' });
    return 'done';
  }
  if (options.dryRun) return 'done';
  if (options.confirm !== undefined && !(await options.confirm(plan))) return 'declined';
  const lock = await acquireLock(api, plan.home);
  try {
    return await new Deletion(api, plan, options, lock).run();
  } catch (error) {
    // A pause before a retry that Ctrl-C ended.
    if (options.signal.aborted && (error as Error).name === 'AbortError') return 'interrupted';
    throw error;
  } finally {
    await lock.release();
  }
}

/** One run over the steps. */
class Deletion {
  private readonly api: Api;
  private readonly signal: AbortSignal;

  constructor(
    api: Api,
    private readonly plan: DestroyPlan,
    private readonly options: DestroyOptions,
    private readonly lock: Lock,
  ) {
    this.signal = AbortSignal.any([options.signal, lock.lost]);
    this.api = api.under({ signal: this.signal, beforeWrite: () => lock.confirmed() });
  }

  async run(): Promise<Outcome> {
    if (await this.isDataInUseAgain()) return 'refused';
    for (const { name, objects } of stepsOf(this.plan.targets)) {
      const outcome = await this.runStep(name, objects);
      this.lock.lost.throwIfAborted();
      if (outcome !== 'done') return outcome;
    }
    if (await this.isMadeAnew()) return 'failed';
    return this.isLeftToHelm() ? 'left' : 'done';
  }

  /** Somebody may have rolled a move back between the question and the lock. */
  private async isDataInUseAgain(): Promise<boolean> {
    const { targets } = this.plan;
    const data = await Promise.all(
      targets.hubs.map((hub) => checkDataOf(this.api, hub, this.options.discardLocalDatabase)),
    );
    const errors = data.flat().filter(({ severity }) => severity === 'error');
    for (const finding of errors) this.options.listener({ type: 'finding', finding });
    return errors.length > 0;
  }

  private async runStep(stage: string, objects: readonly KubeObject[]): Promise<Outcome> {
    const { listener, timeout } = this.options;
    const start = Date.now();
    const mine = this.isLeftToHelm() ? objects.filter((object) => !isOfRelease(object)) : objects;
    listener({ type: 'stage-started', stage, objects: mine.length });
    for (const release of stage === 'workflows' ? this.plan.targets.releases : []) {
      await this.options.uninstall?.(release);
    }
    for (const object of mine.filter((one) => !isOfRelease(one))) {
      if (this.signal.aborted) return 'interrupted';
      await this.delete(object);
    }
    const { outcome, remaining } = await waitUntilGone(this.api, mine, {
      also: ownedBy(mine, this.plan.owned),
      timeout: timeout - (Date.now() - start),
      signal: this.signal,
      tell: tellWaiting(stage, listener, goneEvent),
    });
    if (outcome === 'done') listener({ type: 'stage-gone', stage, seconds: (Date.now() - start) / 1000 });
    if (outcome === 'timeout') {
      listener({ type: 'stage-failed', stage, outcome: 'still-there', report: remaining.flatMap(wayOut) });
    }
    return outcome;
  }

  /** Deletes what was named to the user, not another object of the same name made since. */
  private async delete(object: KubeObject): Promise<void> {
    const { uid } = object.metadata;
    try {
      await this.api.delete(referenceTo(object), {
        propagationPolicy: 'Background',
        preconditions: { uid },
      });
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
  }

  private isLeftToHelm(): boolean {
    return this.plan.targets.releases.length > 0 && this.options.uninstall === undefined;
  }

  /** An operator or somebody else made a target once more. */
  private async isMadeAnew(): Promise<boolean> {
    const report: string[] = [];
    for (const object of stepsOf(this.plan.targets).flatMap(({ objects }) => objects)) {
      const live = await this.api.find(referenceTo(object));
      if (live === undefined || live.metadata.uid === object.metadata.uid) continue;
      const maker = live.metadata.managedFields?.[0]?.manager ?? 'somebody';
      report.push(`${displayName(live)} was deleted, and ${maker} created it again`);
    }
    if (report.length === 0) return false;
    this.options.listener({ type: 'stage-failed', stage: 'destroy', outcome: 'failed', report });
    return true;
  }
}

/** That an object is gone, which nobody has to know of each pod, or why it still is there. */
function goneEvent(stage: string, state: AwaitedState): RolloutEvent | undefined {
  const { object, ready: isGone } = state;
  if (!isGone) return waitingEvent(stage, state);
  if (isOfPods(object)) return undefined;
  const { namespace } = object.metadata;
  return { type: 'applied', stage, object: displayName(object), namespace, action: 'delete' };
}

/** What still exists and why, and what a person can do about a finalizer whose controller is gone. */
function wayOut(object: KubeObject): string[] {
  const { finalizers = [], namespace, name } = object.metadata;
  const line = `${displayName(object)}: ${stillThere(object)}`;
  if (finalizers.length === 0) return [line];
  const patch = `oc patch ${object.kind.toLowerCase()} ${name} -n ${namespace} --type=merge -p '{"metadata":{"finalizers":null}}'`;
  return [
    line,
    `  Its controller removes the finalizer when it has cleaned up: is it running? If it is gone for good: ${patch}`,
  ];
}
