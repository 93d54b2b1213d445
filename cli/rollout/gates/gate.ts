import type { KubeObject } from '../kubernetes/object';
import type { ObjectSet } from './object-set';

/** Whether an object is ready. */
export interface GateResult {
  /** Nothing will change any more by itself. */
  readonly done: boolean;
  /** Ready, where `done`. Done without success is final: waiting on would be in vain. */
  readonly successful: boolean;
  /** What it is, or what it waits for, in words a person can act on. */
  readonly message: string;
  /** Not done, and nothing that the rollout knows of is about to change that: an operator's refusal. */
  readonly stuck?: boolean;
  /** Not done, and its operator may not look again by itself: a write to the object makes it do so. */
  readonly unheard?: boolean;
}

/**
 * Says whether an object is ready, from the object as it is in the cluster, the others around it, and the object as its
 * bundle asks for it (by default as it is). A pure function: the same objects always give the same answer.
 */
export type Gate = (object: KubeObject, objects: ObjectSet, asked?: KubeObject) => GateResult;

export function ready(message = 'ready'): GateResult {
  return { done: true, successful: true, message };
}

export function waiting(message: string): GateResult {
  return { done: false, successful: false, message };
}

export function stuck(message: string): GateResult {
  return { done: false, successful: false, message, stuck: true };
}

export function unheard(message: string): GateResult {
  return { done: false, successful: false, message, unheard: true };
}

export function failed(message: string): GateResult {
  return { done: true, successful: false, message };
}

/** One entry of `status.conditions`. */
export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason?: string;
  readonly message?: string;
}

export function conditionOf(object: KubeObject, type: string): Condition | undefined {
  const conditions: unknown = object.status?.conditions;
  return Array.isArray(conditions)
    ? (conditions as Condition[]).find((condition) => condition.type === type)
    : undefined;
}

/** `reason: message`, as much of it as there is. */
export function conditionText({ reason, message }: Condition): string {
  return [reason, message?.trim()].filter((part) => part !== undefined && part !== '').join(': ');
}

/** The controller has not looked at the latest change yet (`status.observedGeneration`). */
export function isUnobserved(object: KubeObject): boolean {
  const observed: unknown = object.status?.observedGeneration;
  const { generation } = object.metadata;
  return typeof observed === 'number' && generation !== undefined && observed < generation;
}
