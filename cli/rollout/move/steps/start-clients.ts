import { displayName, type KubeObject } from '../../bundles/manifest';
import { referenceTo, type Api } from '../../kubernetes/api';
import { isConflict } from '../../kubernetes/api-error';
import { waitForStage } from '../../wait/wait-for-stage';
import type { Client } from '../clients/clients';
import { giveOwnersBack } from '../../fields/field-owners';
import { moveManager } from '../../fields/managed-fields';
import { isOwn, ownContent, ownerOf } from '../../fields/own-content';
import { merged, onlyAt, valueAt, type Json } from '../../fields/paths';
import type { CommandOptions } from '../job/command-job';

/** Gives every client the replicas that it had, with their owners. @returns the clients that exist */
export async function startClients(api: Api, clients: readonly Client[]): Promise<KubeObject[]> {
  const started: KubeObject[] = [];
  for (const client of clients) {
    const live = await retried(() => startClient(api, client));
    if (live !== undefined) started.push(live);
  }
  return started;
}

/** Waits until what was started is ready; what is not is told, not an error: it may not have been ready before. */
export async function waitForClients(
  api: Api,
  started: readonly KubeObject[],
  options: CommandOptions,
): Promise<string[]> {
  const { outcome, assessments, watch } = await waitForStage(api, started, {
    ...options,
    onChange: ({ object, result }) =>
      options.listener({
        type: 'waiting',
        stage: 'start',
        object: displayName(object),
        namespace: object.metadata.namespace,
        ready: result.successful,
        message: result.message,
      }),
  });
  watch.close();
  if (outcome === 'ready') return [];
  return assessments
    .filter(({ result }) => !result.successful)
    .map(({ object, result }) => `${displayName(object)}: ${result.message}`);
}

/** A value that the rollout had applied is applied again; one of somebody else is written in his name. */
async function startClient(
  api: Api,
  { object, apiVersion, replicas }: Client,
): Promise<KubeObject | undefined> {
  const reference = { ...referenceTo(object), apiVersion };
  for (const { path } of replicas) {
    const live = await api.find(reference);
    if (live === undefined) return undefined;
    if (valueAt(live, path) === valueAt(object, path)) continue;
    const owner = ownerOf(object, path);
    if (owner !== undefined && isOwn(owner)) {
      const { kind, metadata } = live;
      const identity = { apiVersion, kind, metadata: { namespace: metadata.namespace, name: metadata.name } };
      const content = [onlyAt(path, valueAt(object, path)), identity].reduce<Json>(merged, ownContent(live));
      await api.apply(content as KubeObject, { force: true });
    } else {
      await api.merge(referenceTo(object), formerValue(object, live, path), owner?.manager ?? moveManager);
    }
  }
  await giveOwnersBack(
    api,
    object,
    replicas.map(({ path }) => path),
  );
  return api.find(reference);
}

/** The patch that gives a field its former value, or removes what was made to hold it. */
export function formerValue(former: KubeObject, live: KubeObject, path: readonly string[]): Json {
  const value = valueAt(former, path);
  if (value !== undefined) return onlyAt(path, value);
  const made = path.findIndex((_, index) => valueAt(former, path.slice(0, index + 1)) === undefined);
  for (let length = made + 1; length <= path.length; length++) {
    const holder = path.slice(0, length);
    if (holdsOnly(valueAt(live, holder), path.slice(length))) return onlyAt(holder, null);
  }
  return onlyAt(path, null);
}

/** Whether a value is nothing but a way to one field. */
function holdsOnly(value: unknown, path: readonly string[]): boolean {
  const [field, ...rest] = path;
  if (field === undefined) return true;
  if (typeof value !== 'object' || value === null) return false;
  const fields = Object.keys(value);
  return (
    fields.length <= 1 &&
    (fields.length === 0 || (fields[0] === field && holdsOnly(valueAt(value, [field]), rest)))
  );
}

/** Again, when somebody else wrote meanwhile. */
export async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isConflict(error) || attempt >= 9) throw error;
    }
  }
}
