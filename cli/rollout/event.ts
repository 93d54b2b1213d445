import type { Problem } from './bundles/problem';
import type { StepRecord } from './state/move-state';
import type { Action } from './plan/action';
import type { ObjectStatus, StageStatus } from './status/status';
import type { Check } from './verify/check';

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
