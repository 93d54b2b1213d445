import type { KubeObject } from '../kubernetes/object';
import type { Problem } from '../findings/problem';
import { referenceTo, type Api } from '../kubernetes/api';
import { ApiError, isNotFound, isWebhookAway } from '../kubernetes/api-error';
import { problemOfRefusal } from './refusal';
import type { PlannedObject } from './planned-object';
import type { RolloutObject } from '../stages/rollout-stage';
import { actionFor } from './action';
import { isReplaceable } from './replaceable-job';
import { endedJob } from '../gates/job';

/** The plan of an object, or why the API server refuses it. */
export type PlanResult =
  | { readonly planned: PlannedObject; readonly problem?: undefined }
  | { readonly planned?: undefined; readonly problem: Problem };

/** Where the object cannot be tried yet: its namespace or its kind comes with the rollout. */
export interface PlanObjectOptions {
  readonly forceConflicts: boolean;
  /** The namespace does not exist yet; the object is tried in `default`, as an object to create. */
  readonly namespaceMissing: boolean;
  /** Its kind comes with a CRD of the bundles. */
  readonly kindMissing: boolean;
  /** It binds a role of the bundles, which may not exist yet. */
  readonly bringsRole: boolean;
  /** What it was planned to be a moment ago. @default - it is planned for the first time */
  readonly before?: PlannedObject;
}

/** Asks the API server what applying an object would do. Writes nothing. */
export async function planObject(
  api: Api,
  item: RolloutObject,
  options: PlanObjectOptions,
): Promise<PlanResult> {
  if (options.kindMissing) {
    return { planned: { ...item, action: 'create', note: 'its kind comes with a CRD of the bundles' } };
  }
  try {
    return {
      planned: options.namespaceMissing
        ? await tryElsewhere(api, item)
        : await tryInPlace(api, item, options),
    };
  } catch (error) {
    if (isWebhookAway(error)) return { planned: await untried(api, item, options, error) };
    if (error instanceof ApiError && error.status < 500) return { problem: problemOfRefusal(error, item) };
    throw error;
  }
}

/** What a webhook does not answer to is tried when it is written, which waits for the webhook. */
async function untried(
  api: Api,
  item: RolloutObject,
  { namespaceMissing }: PlanObjectOptions,
  error: ApiError,
): Promise<PlannedObject> {
  const live = namespaceMissing ? undefined : await api.find(referenceTo(item.object));
  const note = `a webhook that has to admit it does not answer yet: ${error.message}`;
  return { ...item, live, action: live === undefined ? 'create' : 'change', note };
}

async function tryInPlace(
  api: Api,
  item: RolloutObject,
  { forceConflicts, before, bringsRole }: PlanObjectOptions,
): Promise<PlannedObject> {
  const live = await api.find(referenceTo(item.object));
  if (before?.applied !== undefined && isSame(before.live, live)) return before;
  const ended = endedJob(live);
  if (ended === 'failed') {
    return { ...item, live, action: 'replace', note: 'it failed before and is started again' };
  }
  try {
    const applied = await api.apply(item.object, { dryRun: true, force: forceConflicts });
    return { ...item, live, applied, action: actionFor(live, applied) };
  } catch (error) {
    if (bringsRole && live === undefined && isNotFound(error)) {
      return { ...item, action: 'create', note: 'its role comes with the bundles' };
    }
    const changed = error instanceof ApiError && error.status === 422;
    if (!changed || !isReplaceable(live)) throw error;
    const note =
      ended === 'completed'
        ? 'it completed before and has changed since'
        : "it is the RHDH operator's own, for its local database";
    return { ...item, live, action: 'replace', note };
  }
}

function isSame(before: KubeObject | undefined, now: KubeObject | undefined): boolean {
  return (
    before?.metadata.uid === now?.metadata.uid &&
    before?.metadata.resourceVersion === now?.metadata.resourceVersion
  );
}

/** The API server checks an object that it creates before it looks whether the name is taken. */
async function tryElsewhere(api: Api, item: RolloutObject): Promise<PlannedObject> {
  const { metadata } = item.object;
  const elsewhere = metadata.namespace === undefined ? metadata : { ...metadata, namespace: 'default' };
  try {
    await api.create({ ...item.object, metadata: elsewhere }, { dryRun: 'All' });
  } catch (error) {
    const untried = error instanceof ApiError && (error.status === 409 || error.status === 403);
    if (!untried) throw error;
  }
  return { ...item, action: 'create' };
}
