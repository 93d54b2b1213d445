import { displayName, type KubeObject } from '../kubernetes/object';
import { concurrently } from '../kubernetes/concurrently';
import type { Listener, Action } from '../event';
import { referenceTo, type Api } from '../kubernetes/api';
import { stillThere, waitUntilGone } from '../wait/until-gone';
import { isWrittenBack } from '../wait/until-it-stays';
import { actionFor, isWrite } from '../plan/action';
import { isReplaceable } from '../plan/replaceable-job';
import type { PlannedObject } from '../plan/planned-object';
import { untilAdmitted } from './until-admitted';
import { applyUntilItStays } from './apply-until-it-stays';

/** How the objects of a stage are written. */
export interface ApplyStageOptions {
  readonly forceConflicts: boolean;
  /** Nothing was written in this run so far, so the plan is fresh and what it leaves is left. */
  readonly planIsFresh: boolean;
  /** For a Job that is deleted before it is created anew, in milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  readonly listener: Listener;
}

/** What a stage was given. */
export interface AppliedStage {
  /** The objects as the API server gave them back, to be waited for. */
  readonly objects: readonly KubeObject[];
  /** Whether anything was written. */
  readonly written: boolean;
}

/** A Job that has to be replaced is not gone in time. */
export class NotGoneError extends Error {
  constructor(readonly object: KubeObject) {
    super(`${displayName(object)} must be created again, but ${stillThere(object)}`);
    this.name = 'NotGoneError';
  }
}

/** Kinds that others of the same stage need, in the order in which they are applied; the rest comes last. */
const first = [
  'Namespace',
  'CustomResourceDefinition',
  'ServiceAccount',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'NetworkPolicy',
  'StorageClass',
  'Secret',
  'ConfigMap',
  'PersistentVolumeClaim',
  'Service',
  'StatefulSet',
  'Deployment',
  'Job',
];

/**
 * Applies the objects of one stage, each on its own, in an order that is always the same.
 *
 * @throws NotGoneError when a Job that is replaced is not gone in time.
 */
export async function applyStage(
  api: Api,
  plan: readonly PlannedObject[],
  options: ApplyStageOptions,
): Promise<AppliedStage> {
  const objects: KubeObject[] = [];
  let written = false;
  const present = await presentForms(api, plan, options);
  for (const item of [...plan].sort((a, b) => rank(a.object) - rank(b.object))) {
    if (options.signal.aborted) break;
    const done = await carryOut(api, item, present.get(item), options);
    if (done === undefined) break;
    const { object, action } = done;
    written ||= isWrite(action);
    if (object !== undefined) objects.push(object);
    options.listener({
      type: 'applied',
      stage: item.stage,
      object: displayName(item.object),
      namespace: item.object.metadata.namespace,
      action,
      note: item.note,
    });
  }
  return { objects, written };
}

/** The objects as they are in the cluster before the stage, as far as the plan does not know them any more. */
async function presentForms(
  api: Api,
  plan: readonly PlannedObject[],
  { planIsFresh }: ApplyStageOptions,
): Promise<Map<PlannedObject, KubeObject | undefined>> {
  if (planIsFresh) return new Map(plan.map((item) => [item, item.live]));
  const touched = plan.filter((item) => !isPassedOver(item));
  const live = await concurrently(touched, 6, ({ object }) => api.find(referenceTo(object)));
  return new Map(touched.map((item, index) => [item, live[index]]));
}

/** Left although the bundle differs, or gone after it completed: there is nothing to wait for. */
function isPassedOver({ action, note }: PlannedObject): boolean {
  return action === 'leave' && note !== undefined;
}

/** @returns nothing when it was interrupted */
async function carryOut(
  api: Api,
  item: PlannedObject,
  live: KubeObject | undefined,
  { forceConflicts, planIsFresh, timeout, signal, listener }: ApplyStageOptions,
): Promise<{ object?: KubeObject; action: Action } | undefined> {
  const admitted = (write: () => Promise<KubeObject>) =>
    untilAdmitted(item.object, write, { timeout, signal, listener });
  const apply = () => api.apply(item.object, { force: forceConflicts });
  if (isPassedOver(item)) return { action: 'leave' };
  if (item.action === 'leave' && planIsFresh) return { object: live, action: 'leave' };
  if (item.action === 'replace' && live !== undefined && isReplaceable(live)) {
    await api.delete(referenceTo(item.object), { propagationPolicy: 'Background' });
    const { outcome, remaining } = await waitUntilGone(api, [live], { timeout, signal });
    if (outcome === 'interrupted') return undefined;
    if (outcome === 'timeout') throw new NotGoneError(remaining[0] as KubeObject);
    return { object: await admitted(apply), action: 'replace' };
  }
  const applied = await admitted(
    live !== undefined && isWrittenBack(item.object)
      ? () => applyUntilItStays(api, item.object, forceConflicts, { timeout, signal, listener })
      : apply,
  );
  if (item.object.kind === 'CustomResourceDefinition') api.discovery.forget();
  return { object: applied, action: actionFor(live, applied) };
}

function rank({ kind }: KubeObject): number {
  const index = first.indexOf(kind);
  return index < 0 ? first.length : index;
}
