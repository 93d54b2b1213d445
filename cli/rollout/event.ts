import type { Problem } from './findings/problem';
import type { StepRecord } from './state/move-state';

/**
 * What applying an object does:
 * - `create`: it does not exist.
 * - `change`: something of it differs.
 * - `adopt`: it is as wanted, but this tool does not own all of its fields yet.
 * - `replace`: a Job that ended is deleted and created anew, because a Job cannot be changed or started again.
 * - `leave`: nothing is written.
 *
 * Destroying does `delete`.
 */
export type Action = 'create' | 'change' | 'adopt' | 'replace' | 'leave' | 'delete';

/**
 * How an object stands:
 * - `ready`: its gate says so.
 * - `waiting`: it is there and not ready yet.
 * - `failed`: it cannot become ready by itself.
 * - `missing`: it is not there, or is there in the form of an earlier stage.
 * - `replaced`: a later stage that carries it too was reached.
 */
export type Standing = 'ready' | 'waiting' | 'failed' | 'missing' | 'replaced';

/** An object of a stage and how it stands in the cluster. */
export interface ObjectStatus {
  /** `Deployment/x`. */
  readonly object: string;
  readonly namespace?: string;
  readonly standing: Standing;
  readonly message: string;
}

/** A stage and how its objects stand. */
export interface StageStatus {
  readonly stage: string;
  readonly ready: boolean;
  readonly objects: readonly ObjectStatus[];
}

/** What one check of the verification found. */
export interface Check {
  /** Stable name, for scripts: `hub-environment`. */
  readonly check: string;
  /** What was looked at: `Backstage/developer-hub`. @default - the whole */
  readonly subject?: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** What holds, or why the check was left out; what is wrong is in `problems`. */
  readonly message: string;
  readonly problems: readonly string[];
}

/** How an object stands in a stage. */
export interface ObjectState {
  /** `Deployment/x`. */
  readonly object: string;
  readonly namespace?: string;
  readonly ready: boolean;
  readonly message: string;
}

/** Something that happened in a rollout, in the sequence it happened: one line of `--output json`. */
export type RolloutEvent =
  | {
      readonly type: 'cluster';
      readonly server: string;
      readonly context: string;
      /** Of the API server: `v1.34.4`. */
      readonly version: string;
      /** Has lock and state. */
      readonly namespace: string;
    }
  | { readonly type: 'finding'; readonly finding: Problem }
  | { readonly type: 'stage-planned'; readonly stage: string; readonly objects: number }
  | {
      readonly type: 'planned';
      readonly stage: string;
      readonly object: string;
      readonly namespace?: string;
      readonly action: Action;
      readonly note?: string;
      readonly diff?: string;
    }
  | { readonly type: 'plan'; readonly actions: Readonly<Partial<Record<Action, number>>> }
  | { readonly type: 'stage-started'; readonly stage: string; readonly objects: number }
  | {
      readonly type: 'applied';
      readonly stage: string;
      readonly object: string;
      readonly namespace?: string;
      readonly action: Action;
      readonly note?: string;
    }
  | ({ readonly type: 'waiting'; readonly stage: string } & ObjectState)
  | { readonly type: 'stage-ready'; readonly stage: string; readonly seconds: number }
  | { readonly type: 'stage-gone'; readonly stage: string; readonly seconds: number }
  | {
      readonly type: 'stage-failed';
      readonly stage: string;
      readonly outcome: string;
      readonly report: readonly string[];
    }
  | { readonly type: 'locked'; readonly holder: string }
  | ({ readonly type: 'status' } & StageStatus)
  | ({ readonly type: 'status-changed'; readonly stage: string } & ObjectStatus)
  | { readonly type: 'reached'; readonly stage: string }
  | {
      readonly type: 'move-step';
      readonly step: StepRecord['step'];
      readonly state: StepRecord['state'] | 'planned';
      /** What the step does, where it is being done. */
      readonly title?: string;
      /** ISO 8601, of what is remembered of a step. */
      readonly started?: string;
      readonly ended?: string;
      readonly message?: string;
    }
  | { readonly type: 'job-log'; readonly command: string; readonly line: string }
  | ({ readonly type: 'check' } & Check)
  | {
      readonly type: 'report';
      readonly passed: number;
      readonly failed: number;
      readonly skipped: number;
      readonly checks: readonly Check[];
    }
  | { readonly type: 'note'; readonly message: string };

/** Receives the events of a rollout. */
export type Listener = (event: RolloutEvent) => void;
