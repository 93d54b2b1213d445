import { displayName, objectKey, type KubeObject } from '../kubernetes/object';
import type { ObjectSet } from '../gates/object-set';
import type { Api } from '../kubernetes/api';
import { assess, type Assessment, type AwaitedObject } from './assess';
import { ConfigurationReader } from './configuration-reader';
import { observe, type Look, type Observation } from './observe';
import type { Teller } from './tell-waiting';
import { watchedKinds } from './watched-kinds';

/** How long is waited, in milliseconds. */
export interface WaitOptions {
  /** For the whole stage. */
  readonly timeout: number;
  /** For what only a change from outside can heal: an image that cannot be pulled, a refusal of the operator. */
  readonly patience: number;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  /** @default - nobody is told */
  readonly tell?: Teller;
  /** Called with an object that its operator has not looked at for a while, ever more seldom. @default - nothing is done */
  readonly onUnheard?: (object: KubeObject) => Promise<void>;
}

/** How long an operator may take to answer to a change before it is taken for one that it overlooked, in ms. */
const answerMilliseconds = 15_000;

/** How the waiting ended, and how each object stood. */
export interface WaitOutcome {
  /** `failed`: an object cannot become ready. `stuck`: those that are not, cannot without a change from outside. */
  readonly outcome: Observation<never>['outcome'] | 'failed' | 'stuck';
  readonly assessments: readonly Assessment[];
  readonly objects: ObjectSet;
}

/** Waits by watching until all objects of a stage are ready, or one cannot become so. */
export async function waitForStage(
  api: Api,
  awaited: readonly AwaitedObject[],
  options: WaitOptions,
): Promise<WaitOutcome> {
  const { timeout, patience, signal, tell, onUnheard } = options;
  const applied = awaited.map((one) => one.applied);
  const configuration = new ConfigurationReader(api);
  const completed = new CompletedJobs();
  const unheard = new UnheardChanges(onUnheard);
  const trouble = new LastingTrouble(patience);
  const look = async (objects: ObjectSet): Promise<Look<Judgement>> => {
    await configuration.refresh(applied, objects);
    const assessments = assess(awaited, objects).map((assessment) => completed.keep(assessment));
    tell?.(
      assessments.map(({ object, result }) => ({
        object,
        ready: result.successful,
        message: result.message,
      })),
    );
    await unheard.look(assessments);
    const unfinished = assessments.filter(({ result }) => !result.successful);
    trouble.look(unfinished);
    const outcome = outcomeOf(unfinished, trouble.end);
    return {
      value: { outcome, assessments },
      done: outcome !== undefined,
      again: Math.min(trouble.end, unheard.next),
    };
  };
  const { outcome, last, objects } = await observe(api, watchedKinds(applied), look, { timeout, signal });
  return { outcome: last?.outcome ?? outcome, assessments: last?.assessments ?? [], objects };
}

/** How the objects stand at one moment; without an outcome as long as it pays to wait. */
interface Judgement {
  readonly outcome?: 'done' | 'failed' | 'stuck';
  readonly assessments: readonly Assessment[];
}

function outcomeOf(unfinished: readonly Assessment[], troubleEnd: number): Judgement['outcome'] {
  if (unfinished.length === 0) return 'done';
  if (unfinished.some(({ result }) => result.done)) return 'failed';
  return Date.now() >= troubleEnd ? 'stuck' : undefined;
}

/** For how long all unfinished objects have waited for a change from outside. */
class LastingTrouble {
  /** When the patience ends, in epoch milliseconds; Infinity where something still goes on. */
  end = Infinity;
  private who = '';

  constructor(private readonly patience: number) {}

  /** Counters and back-off times in the messages change while nothing gets better: what counts is who is in trouble. */
  look(unfinished: readonly Assessment[]): void {
    const isStuck = unfinished.length > 0 && unfinished.every(({ result }) => result.stuck);
    const who = isStuck ? unfinished.map(({ object }) => displayName(object)).join('\n') : '';
    if (who === this.who) return;
    this.who = who;
    this.end = isStuck ? Date.now() + this.patience : Infinity;
  }
}

/** A Job that completed stays so when Kubernetes deletes it while the rest of its stage is waited for. */
class CompletedJobs {
  private readonly jobs = new Map<string, Assessment>();

  keep(assessment: Assessment): Assessment {
    if (assessment.object.kind !== 'Job') return assessment;
    const key = objectKey(assessment.object);
    if (assessment.result.successful) this.jobs.set(key, assessment);
    return this.jobs.get(key) ?? assessment;
  }
}

/** Objects that operators do not look at by themselves, and when they are made to: each time after twice as long. */
class UnheardChanges {
  private readonly turns = new Map<string, { readonly due: number; readonly pause: number }>();

  constructor(private readonly tell: WaitOptions['onUnheard']) {}

  async look(assessments: readonly Assessment[]): Promise<void> {
    for (const { object, result } of assessments) {
      const key = objectKey(object);
      const turn = this.turns.get(key);
      if (!result.unheard) {
        this.turns.delete(key);
      } else if (turn === undefined) {
        this.schedule(key, answerMilliseconds);
      } else if (Date.now() >= turn.due) {
        this.schedule(key, 2 * turn.pause);
        await this.tell?.(object);
      }
    }
  }

  /** When the next of them is due, in epoch milliseconds; Infinity where none is. */
  get next(): number {
    return Math.min(...[...this.turns.values()].map(({ due }) => due));
  }

  private schedule(key: string, pause: number): void {
    this.turns.set(key, { due: Date.now() + pause, pause });
  }
}
