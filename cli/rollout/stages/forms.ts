import { isDeepStrictEqual } from 'node:util';
import { objectKey, type KubeObject } from '../kubernetes/object';
import type { Action } from '../event';
import type { RolloutState } from '../state/rollout-state';
import type { RolloutObject } from './rollout-stage';

/*
 * Several stages may carry one object: the hub's plugins, which the orchestrator's stage adds to. What each of them says
 * of it is a form of the object, and a later form replaces an earlier one.
 */

/** The forms of an object, in the sequence of their stages. */
export function formsOf<T extends RolloutObject>(items: readonly T[], object: KubeObject): T[] {
  const key = objectKey(object);
  return items.filter((item) => objectKey(item.object) === key);
}

/**
 * Whether an object in the cluster has a form: everything that it says. What the API server adds is no
 * difference; `data` must be the same to the last key, because a key too many is another content.
 */
export function hasForm(live: KubeObject, form: KubeObject): boolean {
  return (
    Object.entries(form).every(([field, value]) => field === 'metadata' || contains(live[field], value)) &&
    (form.data === undefined || isDeepStrictEqual(form.data, live.data))
  );
}

/** Of the forms of an object, the one that it has in the cluster, or had before somebody edited it. */
export function liveForm<T extends RolloutObject>(
  forms: readonly T[],
  live: KubeObject,
  state: RolloutState,
): T | undefined {
  const [first, ...later] = forms;
  if (later.length === 0) return first;
  return (
    forms.filter(({ manifest }) => hasForm(live, manifest.object)).at(-1) ??
    forms.find(({ stage, object }) => stage === state.stages[objectKey(object)]) ??
    first
  );
}

/** An object that was tried in a dry run. */
interface TriedObject extends RolloutObject {
  readonly action: Action;
  /** The object in the cluster. */
  readonly live?: KubeObject;
}

/** An object of which it is settled which form is applied. */
type Settled<T> = T & { readonly note?: string; readonly earlierForm?: KubeObject };

/**
 * Settles which forms are applied. Once a stage was reached, the earlier forms of its objects are not applied
 * again. It was reached when the state says so, or when there is no state (somebody applied the files by hand)
 * and its form is live. Either way a stage counts as reached only while all that was applied up to it
 * still exists: after the hub was deleted the sequence starts again.
 */
export function settleForms<T extends TriedObject>(tried: readonly T[], state: RolloutState): Settled<T>[] {
  const last = new Map<string, T>();
  for (const item of tried) last.set(objectKey(item.object), item);
  const applied = new Map<string, KubeObject>();
  return tried.map((item) => {
    const key = objectKey(item.object);
    const later = last.get(key) as T;
    if (later !== item && isReached(item, later, tried, state)) {
      return { ...item, action: 'leave', note: replacedBy(later) };
    }
    const earlierForm = applied.get(key);
    if (item.action !== 'leave') applied.set(key, item.object);
    return earlierForm === undefined ? item : { ...item, action: 'change', earlierForm };
  });
}

/** What is said of a form that a later one has replaced. */
export function replacedBy({ stage }: RolloutObject): string {
  return `${stage} has replaced it`;
}

function isReached(
  earlier: TriedObject,
  later: TriedObject,
  tried: readonly TriedObject[],
  state: RolloutState,
): boolean {
  const recorded = state.stages[objectKey(earlier.object)];
  const between = tried.filter(
    ({ stageIndex }) => stageIndex >= earlier.stageIndex && stageIndex <= later.stageIndex,
  );
  if (earlier.live === undefined) return false;
  if (recorded !== undefined) {
    const reached = tried.find(({ stage }) => stage === recorded);
    if (reached === undefined || reached.stageIndex <= earlier.stageIndex) return false;
    return between.every(
      ({ object, live, stageIndex }) =>
        live !== undefined ||
        stageIndex > earlier.stageIndex ||
        !(objectKey(object) in state.stages) ||
        object.kind === 'Job',
    );
  }
  return (
    later.action === 'leave' &&
    between.every(({ live, object }) => live !== undefined || object.kind === 'Job')
  );
}

function contains(live: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(live) &&
      live.length === wanted.length &&
      wanted.every((item, index) => contains(live[index], item))
    );
  }
  if (typeof wanted !== 'object' || wanted === null) return live === wanted;
  if (typeof live !== 'object' || live === null) return false;
  return Object.entries(wanted).every(([key, value]) =>
    contains((live as Record<string, unknown>)[key], value),
  );
}
