import { displayName, type KubeObject } from '../bundles/manifest';
import type { Api } from '../kubernetes/api';
import { assess, type Assessment, type AwaitedObject } from './assess';
import { ClusterWatch } from './cluster-watch';
import { ConfigurationReader } from './configuration-reader';
import { watchedKinds } from './watched-kinds';

/** How long is waited, in milliseconds. */
export interface WaitOptions {
  /** For the whole stage. */
  readonly timeout: number;
  /** For what only a change from outside can heal: an image that cannot be pulled, a refusal of the operator. */
  readonly patience: number;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  /** Called with each object whose state has changed. */
  readonly onChange: (assessment: Assessment) => void;
  /** Called once with an object to whose change its operator has not answered for a while. @default - nothing is done */
  readonly onUnheard?: (object: KubeObject) => Promise<void>;
}

/** How long an operator may take to answer to a change before it is taken for one that it overlooked, in ms. */
const answerMilliseconds = 15_000;

/** How the waiting ended, and how each object stood. */
export interface WaitOutcome {
  readonly outcome: 'ready' | 'failed' | 'stuck' | 'timeout' | 'interrupted';
  readonly assessments: readonly Assessment[];
  readonly watch: ClusterWatch;
}

/** Waits by watching until all objects of a stage are ready, or one cannot become so. The caller closes `watch`. */
export async function waitForStage(
  api: Api,
  awaited: readonly AwaitedObject[],
  options: WaitOptions,
): Promise<WaitOutcome> {
  const applied = awaited.map((one) => one.applied);
  const watch = new ClusterWatch(api, watchedKinds(applied));
  const configuration = new ConfigurationReader(api, watch);
  const deadline = Date.now() + options.timeout;
  const said = new Map<string, string>();
  const completed = new CompletedJobs();
  const unheard = new UnheardChanges(options.onUnheard);
  let stuckSince: number | undefined;
  let stuckText = '';
  for (;;) {
    if (watch.synced) {
      await configuration.refresh(applied);
      const assessments = assess(awaited, watch.objects).map((assessment) => completed.keep(assessment));
      for (const assessment of assessments) tell(assessment, said, options.onChange);
      await unheard.look(assessments);
      const unfinished = assessments.filter(({ result }) => !result.successful);
      if (unfinished.length === 0) return { outcome: 'ready', assessments, watch };
      if (unfinished.some(({ result }) => result.done)) return { outcome: 'failed', assessments, watch };
      const text = unfinished.every(({ result }) => result.stuck) ? kindsOfTrouble(unfinished) : '';
      if (text !== stuckText) stuckSince = text === '' ? undefined : Date.now();
      stuckText = text;
      if (stuckSince !== undefined && Date.now() >= stuckSince + options.patience) {
        return { outcome: 'stuck', assessments, watch };
      }
      if (Date.now() >= deadline) return { outcome: 'timeout', assessments, watch };
    }
    if (options.signal.aborted) return { outcome: 'interrupted', assessments: [], watch };
    if (Date.now() >= deadline) return { outcome: 'timeout', assessments: [], watch };
    const next = Math.min(deadline, (stuckSince ?? Infinity) + options.patience, unheard.next);
    await watch.change(next, options.signal);
  }
}

/** Which objects are stuck: counters and back-off times in the messages change while nothing gets better. */
function kindsOfTrouble(unfinished: readonly Assessment[]): string {
  return unfinished.map(({ object }) => displayName(object)).join('\n');
}

function tell(assessment: Assessment, said: Map<string, string>, onChange: WaitOptions['onChange']): void {
  const key = displayName(assessment.object);
  const text = `${assessment.result.successful} ${assessment.result.message}`;
  if (said.get(key) === text) return;
  said.set(key, text);
  onChange(assessment);
}

/** A Job that completed stays so when Kubernetes deletes it while the rest of its stage is waited for. */
class CompletedJobs {
  private readonly jobs = new Map<string, Assessment>();

  keep(assessment: Assessment): Assessment {
    if (assessment.object.kind !== 'Job') return assessment;
    const key = displayName(assessment.object);
    if (assessment.result.successful) this.jobs.set(key, assessment);
    return this.jobs.get(key) ?? assessment;
  }
}

/** Changes that operators have not answered to, and for how long. */
class UnheardChanges {
  private readonly since = new Map<string, number>();
  private readonly told = new Set<string>();

  constructor(private readonly tell: WaitOptions['onUnheard']) {}

  async look(assessments: readonly Assessment[]): Promise<void> {
    for (const { object, result } of assessments) {
      const key = displayName(object);
      if (!result.unheard) {
        this.since.delete(key);
      } else if (!this.since.has(key)) {
        this.since.set(key, Date.now());
      } else if (this.isDue(key)) {
        this.told.add(key);
        await this.tell?.(object);
      }
    }
  }

  /** When the next of them is due, in epoch milliseconds; Infinity where none is. */
  get next(): number {
    const open = [...this.since].filter(([key]) => !this.told.has(key));
    return Math.min(...open.map(([, since]) => since + answerMilliseconds));
  }

  private isDue(key: string): boolean {
    return !this.told.has(key) && Date.now() >= (this.since.get(key) as number) + answerMilliseconds;
  }
}
