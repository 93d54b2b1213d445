import type { Outcome } from '../outcome';
import type { MoveContext } from './steps/context';
import {
  isBegun,
  isDone,
  recordOf,
  standingOf,
  withRecord,
  writeMove,
  type MoveState,
  type StepRecord,
  type StepResult,
} from '../state/move-state';
import { InterruptedError, NotReadyAgainError, StepError } from './job/step-error';
import { steps, type Step } from './steps/table';

/** A move that is being run: what its steps work with, without the state. */
export type MoveRun = Omit<MoveContext, 'state'>;

/** How a run of steps ended. */
export interface RunResult {
  readonly outcome: Outcome;
  readonly state: MoveState;
  /** Why it failed. */
  readonly message?: string;
}

/** Asked once, before the first step that touches the hub. */
export type Confirm = (state: MoveState) => Promise<boolean>;

/** Runs what is left of a move. A failure before the switch undoes what was done. */
export async function goForward(run: MoveRun, from: MoveState, confirm: Confirm): Promise<RunResult> {
  let state = from;
  for (const step of steps) {
    if (isDone(state, step.name)) continue;
    if (step.name === 'keep' && !(await confirm(state))) return { outcome: 'declined', state };
    state = await record(run, state, begun(state, step));
    tell(run, step.title, recordOf(state, step.name) as StepRecord);
    try {
      const result = await step.run({ ...run, state });
      state = await record(run, state, ended(state, step, 'done', result));
      tell(run, step.title, recordOf(state, step.name) as StepRecord);
    } catch (error) {
      if (isInterruption(run, error)) return { outcome: 'interrupted', state };
      return afterFailure(run, state, step, error);
    }
  }
  return { outcome: 'done', state };
}

/** Undoes every step, the last one first. A failure leaves the rest as it is, to be undone by another run. */
export async function goBack(run: MoveRun, from: MoveState): Promise<RunResult> {
  let state = from;
  for (const step of [...steps].reverse()) {
    if (!isBegun(state, step.name)) continue;
    if (step.undo === undefined) {
      state = await record(run, state, undone(state, step));
      continue;
    }
    const title = step.undoTitle ?? step.title;
    state = await record(run, state, undoing(state, step));
    tell(run, title, recordOf(state, step.name) as StepRecord);
    try {
      const message = await step.undo({ ...run, state });
      state = await recordUndone(run, state, step);
      tell(run, title, { ...(recordOf(state, step.name) as StepRecord), message });
    } catch (error) {
      if (isInterruption(run, error)) return { outcome: 'interrupted', state };
      if (error instanceof NotReadyAgainError) state = await recordUndone(run, state, step);
      tell(run, title, { step: step.name, state: 'failed', started: now(), message: messageOf(error) });
      return { outcome: outcomeOf(error), state, message: messageOf(error) };
    }
  }
  return { outcome: 'done', state };
}

async function recordUndone(run: MoveRun, state: MoveState, step: Step): Promise<MoveState> {
  const together = [step, ...stepsWithoutUndoBefore(step)].filter(({ name }) => isBegun(state, name));
  return record(run, state, ...together.map((one) => undone(state, one)));
}

/** Once the first step that can be undone is, nothing is left of the move: the record says so at once. */
function stepsWithoutUndoBefore(step: Step): readonly Step[] {
  const before = steps.slice(0, steps.indexOf(step));
  return before.some(({ undo }) => undo !== undefined) ? [] : before;
}

async function afterFailure(run: MoveRun, before: MoveState, step: Step, error: unknown): Promise<RunResult> {
  const message = messageOf(error);
  const state = await record(run, before, ended(before, step, 'failed', { message }));
  tell(run, step.title, recordOf(state, step.name) as StepRecord);
  if (standingOf(state) !== 'stopped') {
    const refused = step.name === 'preflight' && outcomeOf(error) === 'failed';
    return { outcome: refused ? 'refused' : outcomeOf(error), state, message };
  }
  run.listener({ type: 'note', message: 'Nothing was switched: everything goes back to how it was.' });
  const back = await goBack(run, state);
  if (back.outcome === 'done') return { outcome: outcomeOf(error), state: back.state, message };
  return { ...back, message: `${message}\nand going back did not succeed: ${back.message ?? back.outcome}` };
}

/** A step that somebody was killed in keeps its start, so that what he had begun is known again. */
function begun(state: MoveState, { name }: Step): StepRecord {
  const former = recordOf(state, name);
  return { step: name, state: 'running', started: former?.state === 'running' ? former.started : now() };
}

function ended(
  state: MoveState,
  { name }: Step,
  how: 'done' | 'failed',
  result: StepResult | undefined,
): StepRecord {
  return {
    step: name,
    state: how,
    started: recordOf(state, name)?.started ?? now(),
    ended: now(),
    ...result,
  };
}

/** Whoever goes forward from here has to do the step again. */
function undoing(state: MoveState, { name }: Step): StepRecord {
  const former = recordOf(state, name) as StepRecord;
  return former.state === 'undoing' ? former : { step: name, state: 'undoing', started: now() };
}

function undone(state: MoveState, { name }: Step): StepRecord {
  const { started = now(), message, kept } = recordOf(state, name) ?? {};
  return { step: name, state: 'undone', started, ended: now(), message, kept };
}

async function record(
  { api, home }: MoveRun,
  state: MoveState,
  ...records: readonly StepRecord[]
): Promise<MoveState> {
  const next = records.reduce(withRecord, state);
  await writeMove(api, home, next);
  return next;
}

function tell({ listener }: MoveRun, title: string, { step, state, message }: StepRecord): void {
  listener({ type: 'move-step', step, state, title, message });
}

function isInterruption({ signal }: MoveRun, error: unknown): boolean {
  return error instanceof InterruptedError || (signal.aborted && (error as Error).name === 'AbortError');
}

function outcomeOf(error: unknown): 'failed' | 'timeout' {
  return error instanceof StepError && error.isTimeout ? 'timeout' : 'failed';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function now(): string {
  return new Date().toISOString();
}
