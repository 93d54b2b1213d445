import { isDeepStrictEqual } from 'node:util';
import type { BundleFile } from '../bundles/bundle-file';
import { displayName, groupKind, objectKey, type KubeObject } from '../kubernetes/object';
import type { Listener } from '../event';
import type { Outcome } from '../outcome';
import { tellCluster } from '../stages/tell-cluster';
import { referenceTo, type Api } from '../kubernetes/api';
import { isForbidden } from '../kubernetes/api-error';
import { isWrite } from '../plan/action';
import { tellPlan } from '../plan/tell-plan';
import { inspect, inspectAgain, type InspectOptions } from '../preflight/inspect';
import { hasWrites, isRefused, plannedStages, type Inspection } from '../preflight/inspection';
import type { PlannedObject } from '../plan/planned-object';
import type { RolloutStage } from '../stages/rollout-stage';
import type { AwaitedObject } from '../wait/assess';
import { diagnose } from '../wait/diagnosis';
import { WrittenBackError } from '../wait/until-it-stays';
import { tellWaiting } from '../wait/tell-waiting';
import { waitForStage, type WaitOutcome } from '../wait/wait-for-stage';
import { applyStage, NotGoneError, type AppliedStage } from './apply-stage';
import { dependentHubs } from './dependent-hubs';
import { digestOf } from '../state/digest';
import { acquireLock, LockedError, type Lock } from '../state/lock';
import { nudge, nudgeAnnotation } from './nudge';
import { withStage, writeState, type RolloutState } from '../state/rollout-state';

/** What `apply` was asked for. */
export interface ApplyOptions extends InspectOptions {
  /** For each stage, in milliseconds. */
  readonly timeout: number;
  /** For what may heal by a change from outside, in milliseconds. */
  readonly patience: number;
  /** Only the plan. */
  readonly dryRun: boolean;
  /** Ends the rollout after the request under way. */
  readonly signal: AbortSignal;
  readonly listener: Listener;
  /** Asked before the first write. @default - not asked */
  readonly confirm?: (inspection: Inspection) => Promise<boolean>;
  /** The namespace's lock, where the caller holds it. @default - taken before the first write, and released */
  readonly lock?: Lock;
}

/** How a rollout ended. */
export interface ApplyResult {
  readonly outcome: Outcome;
  /** The stage it ended in, unless it ended well. */
  readonly stage?: string;
}

/**
 * Applies the stages one after the other, each when the one before is ready.
 *
 * @throws LockedError when somebody else rolls out into the namespace.
 */
export async function applyBundles(
  api: Api,
  bundles: readonly BundleFile[],
  options: ApplyOptions,
): Promise<ApplyResult> {
  const inspection = await inspect(api, bundles, options);
  tellCluster(api, inspection, options.listener);
  for (const finding of inspection.problems) options.listener({ type: 'finding', finding });
  if (isRefused(inspection)) return { outcome: 'refused' };
  if (options.dryRun) {
    tellPlan(plannedStages(inspection), options.listener);
    return { outcome: 'done' };
  }
  if (!hasWrites(inspection)) return new Rollout(api, inspection, options).run();
  if (options.confirm !== undefined && !(await options.confirm(inspection))) return { outcome: 'declined' };
  return underLock(api, inspection, options);
}

async function underLock(api: Api, before: Inspection, options: ApplyOptions): Promise<ApplyResult> {
  for (const name of before.missingNamespaces) {
    if (options.createNamespace) await api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
  const lock = options.lock ?? (await acquireLock(api, before.home));
  try {
    const inspection = await inspectAgain(api, before, options);
    if (isRefused(inspection)) {
      for (const finding of inspection.problems) options.listener({ type: 'finding', finding });
      return { outcome: 'refused' };
    }
    return await new Rollout(api, inspection, options, lock).run();
  } catch (error) {
    // A pause before a retry that Ctrl-C ended.
    if (options.signal.aborted && (error as Error).name === 'AbortError') return { outcome: 'interrupted' };
    throw error;
  } finally {
    if (options.lock === undefined) await lock.release();
  }
}

/** One run over the stages. */
class Rollout {
  private state: RolloutState;
  /** The state as it is in the cluster. */
  private kept: RolloutState;
  private written = false;
  private readonly signal: AbortSignal;
  private readonly api: Api;

  constructor(
    api: Api,
    private readonly inspection: Inspection,
    private readonly options: ApplyOptions,
    private readonly lock?: Lock,
  ) {
    this.state = inspection.state;
    this.kept = inspection.state;
    this.signal = lock === undefined ? options.signal : AbortSignal.any([options.signal, lock.lost]);
    this.api = api.under({ signal: this.signal, beforeWrite: lock && (() => lock.confirmed()) });
  }

  async run(): Promise<ApplyResult> {
    for (const stage of this.inspection.selected) {
      const outcome = await this.runStage(stage);
      this.lock?.lost.throwIfAborted();
      if (outcome === 'done') continue;
      await this.keepState();
      return { outcome, stage: stage.name };
    }
    await this.keepState();
    return { outcome: 'done' };
  }

  private async runStage(stage: RolloutStage): Promise<Outcome> {
    const { listener, timeout, patience } = this.options;
    const start = Date.now();
    listener({ type: 'stage-started', stage: stage.name, objects: stage.objects.length });
    const plan = this.inspection.plan.objects.filter((item) => item.stage === stage.name);
    let applied: AppliedStage;
    try {
      applied = await this.apply(stage, plan);
    } catch (error) {
      const outcome = outcomeOf(error);
      listener({ type: 'stage-failed', stage: stage.name, outcome, report: [(error as Error).message] });
      return outcome;
    }
    if (this.signal.aborted) return 'interrupted';
    const earlier = this.inspection.plan.objects.filter(({ stageIndex }) => stageIndex < stage.index);
    const hubs = dependentHubs(
      applied.objects,
      earlier.map(({ object }) => object),
    );
    const asked = new Map(plan.map(({ object }) => [objectKey(object), object]));
    const awaited = [
      ...applied.objects.map((object) => ({
        applied: object,
        asked: asked.get(objectKey(object)) ?? object,
      })),
      ...(await this.liveHubs(hubs)),
    ];
    const waited = await waitForStage(this.api, awaited, {
      timeout: timeout - (Date.now() - start),
      patience,
      signal: this.signal,
      tell: tellWaiting(stage.name, listener),
      onUnheard: (object) => this.nudge(object),
    });
    return this.conclude(stage, plan, waited, start);
  }

  private async liveHubs(hubs: readonly KubeObject[]): Promise<AwaitedObject[]> {
    const live = await Promise.all(hubs.map((hub) => this.api.find(referenceTo(hub))));
    return hubs.flatMap((asked, index) => {
      const applied = live[index];
      return applied === undefined ? [] : [{ applied, asked }];
    });
  }

  /** A run that has nothing to apply waits for the same operators, and has no lock yet. */
  private async nudge(object: KubeObject): Promise<void> {
    try {
      const lock = this.lock ?? (await acquireLock(this.api, this.inspection.home));
      try {
        await nudge(this.api, object);
      } finally {
        if (this.lock === undefined) await lock.release();
      }
    } catch (error) {
      if (!(error instanceof LockedError) && !isForbidden(error)) throw error;
      const message = `${displayName(object)}: its operator does not look again by itself: ${(error as Error).message}`;
      this.options.listener({ type: 'note', message });
      return;
    }
    const message =
      `${displayName(object)}: its operator may have overlooked a change; ` +
      `the annotation ${nudgeAnnotation} makes it look again`;
    this.options.listener({ type: 'note', message });
  }

  private async apply(stage: RolloutStage, plan: readonly PlannedObject[]): Promise<AppliedStage> {
    const { forceConflicts, timeout, listener } = this.options;
    const writes = plan.filter(({ action }) => isWrite(action));
    if (writes.length > 0) {
      const mine = plan
        .filter(({ note, action }) => action !== 'leave' || note === undefined)
        .map(({ object }) => object);
      this.state = withStage(this.state, stage.name, mine);
      await this.keepState();
    }
    const planIsFresh = !this.written;
    const applied = await applyStage(this.api, plan, {
      forceConflicts,
      planIsFresh,
      timeout,
      signal: this.signal,
      listener,
    });
    this.written ||= applied.written;
    return applied;
  }

  private async conclude(
    stage: RolloutStage,
    plan: readonly PlannedObject[],
    { outcome, assessments, objects }: WaitOutcome,
    start: number,
  ): Promise<Outcome> {
    const { listener } = this.options;
    if (outcome === 'interrupted') return 'interrupted';
    if (outcome === 'done') {
      this.recordJobs(plan);
      listener({ type: 'stage-ready', stage: stage.name, seconds: (Date.now() - start) / 1000 });
      return 'done';
    }
    const report: string[] = [];
    for (const { object, result } of assessments.filter((one) => !one.result.successful)) {
      report.push(`${displayName(object)}: ${result.message}`);
      const details = await diagnose(
        this.api,
        objects.get(groupKind(object), object.metadata.namespace, object.metadata.name) ?? object,
        objects,
      );
      report.push(
        ...details.filter((detail) => !result.message.includes(detail)).map((detail) => `  ${detail}`),
      );
    }
    listener({ type: 'stage-failed', stage: stage.name, outcome, report });
    return outcome === 'timeout' ? 'timeout' : 'failed';
  }

  /** Remembers the Jobs that completed, because Kubernetes may delete them. */
  private recordJobs(plan: readonly PlannedObject[]): void {
    const jobs = plan.filter(({ object }) => object.kind === 'Job');
    const completed = Object.fromEntries(
      jobs.map((item) => [objectKey(item.object), digestOf(item.manifest.object)]),
    );
    this.state = { ...this.state, completedJobs: { ...this.state.completedJobs, ...completed } };
  }

  /** Writes the state where it has changed; without a lock nothing is written. */
  private async keepState(): Promise<void> {
    if (this.lock === undefined || isDeepStrictEqual(this.state, this.kept)) return;
    await writeState(this.api, this.inspection.home, this.state);
    this.kept = this.state;
  }
}

/** How a stage ends that could not be written. @throws the error itself, where it is none of those */
function outcomeOf(error: unknown): 'timeout' | 'failed' {
  if (error instanceof NotGoneError) return 'timeout';
  if (error instanceof WrittenBackError) return 'failed';
  throw error;
}
