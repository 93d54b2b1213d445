import type { KubeObject } from '../kubernetes/object';
import type { Api } from '../kubernetes/api';

/** The ConfigMap of a move: what was done, with which result, and when. */
export const moveName = 'cdk8s-rhdh-move';
const key = 'move.json';

/** The steps of a move, in their sequence. */
export const stepNames = ['target', 'preflight', 'keep', 'stop', 'fence', 'copy', 'switch', 'check'] as const;

export type StepName = (typeof stepNames)[number];

/** How far a step is. */
export interface StepRecord {
  readonly step: StepName;
  /** `running` and `undoing` also when whoever ran it was killed. */
  readonly state: 'running' | 'done' | 'failed' | 'undoing' | 'undone';
  /** ISO 8601. */
  readonly started: string;
  readonly ended?: string;
  /** The result, or why it failed. */
  readonly message?: string;
  /** Digest of what the step kept for the way back. */
  readonly kept?: string;
}

/** What a step that is done tells of itself. */
export type StepResult = Pick<StepRecord, 'message' | 'kept'>;

/** A move of one hub, as it is kept in the cluster, so that any machine can go on with it or go back. */
export interface MoveState {
  /** The hub's Backstage resource. */
  readonly hub: string;
  /** The steps that were begun, in their sequence. */
  readonly steps: readonly StepRecord[];
}

/**
 * How things stand:
 * - `prepared`: the hub was not touched, or runs again as before.
 * - `stopped`: the hub is stopped, and its data may be on the way.
 * - `switched`: the hub is on the new server, or on its way there, and was not checked yet.
 * - `moved`: it is on the new server, and checked.
 */
export type MoveStanding = 'prepared' | 'stopped' | 'switched' | 'moved';

/** How a move stands. */
export function standingOf(state: MoveState): MoveStanding {
  if (isBegun(state, 'switch')) return isDone(state, 'check') ? 'moved' : 'switched';
  return isBegun(state, 'stop') ? 'stopped' : 'prepared';
}

/** The record of a step, where it was begun. */
export function recordOf(state: MoveState, step: StepName): StepRecord | undefined {
  return state.steps.find((record) => record.step === step);
}

/** Whether a step may have changed something that was not undone since. */
export function isBegun(state: MoveState, step: StepName): boolean {
  const record = recordOf(state, step);
  return record !== undefined && record.state !== 'undone';
}

export function isDone(state: MoveState, step: StepName): boolean {
  return recordOf(state, step)?.state === 'done';
}

/** The state with another record of a step, in the sequence of the steps. */
export function withRecord(state: MoveState, record: StepRecord): MoveState {
  const others = state.steps.filter(({ step }) => step !== record.step);
  const steps = [...others, record].sort((a, b) => stepNames.indexOf(a.step) - stepNames.indexOf(b.step));
  return { ...state, steps };
}

/** The move of a namespace, where there is one. @throws Error when its ConfigMap was edited into something else. */
export async function readMove(api: Api, namespace: string): Promise<MoveState | undefined> {
  return parseMove(await api.find({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name: moveName }));
}

/** The move in its ConfigMap. @throws Error when it was edited into something else. */
export function parseMove(object: KubeObject | undefined): MoveState | undefined {
  const text: unknown = object?.data?.[key];
  if (typeof text !== 'string') return undefined;
  try {
    const state = JSON.parse(text) as MoveState;
    if (typeof state.hub === 'string' && state.steps.every(({ step }) => stepNames.includes(step))) {
      return state;
    }
  } catch {
    // Told below.
  }
  const { namespace } = (object as KubeObject).metadata;
  throw new Error(
    `ConfigMap/${moveName} in the namespace ${namespace} is damaged, so nobody knows how far the move is. ` +
      'Put it back from a backup of the cluster; as long as the hub was not stopped, delete it.',
  );
}

/** Writes the state; the same state writes nothing. */
export async function writeMove(api: Api, namespace: string, state: MoveState): Promise<void> {
  await api.apply(
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: moveName,
        namespace,
        annotations: {
          'cdk8s-rhdh/about':
            'How far the move of the hub to another database is; kept by cdk8s-rhdh migrate.',
        },
      },
      data: { [key]: `${JSON.stringify(state, undefined, 2)}\n` },
    },
    { force: true },
  );
}
