import { displayName, type KubeObject } from '../../kubernetes/object';
import { referenceTo, type Api } from '../../kubernetes/api';
import { retryOnConflict } from '../../kubernetes/retry-on-conflict';
import { untilItStays, type LastingWrite } from '../../wait/until-it-stays';
import { tellWaiting } from '../../wait/tell-waiting';
import { waitForStage } from '../../wait/wait-for-stage';
import type { AwaitedObject } from '../../wait/assess';
import type { Client } from '../clients/clients';
import { nudge } from '../../apply/nudge';
import { giveOwnersBack } from '../../fields/field-owners';
import { moveManager } from '../../fields/managed-fields';
import { appliedWith, isOwn, ownerOf } from '../../fields/own-content';
import { merged, onlyAt, valueAt, type Json } from '../../fields/paths';
import type { CommandOptions } from '../job/command-job';

/** Gives every client the replicas that it had, with their owners. @returns the clients that exist */
export async function startClients(
  api: Api,
  clients: readonly Client[],
  options: CommandOptions,
): Promise<AwaitedObject[]> {
  const started: AwaitedObject[] = [];
  for (const client of clients) {
    await untilItStays(api, asWritten(client), formerPodCounts(api, client), options);
    const paths = client.replicas.map(({ path }) => path);
    await retryOnConflict(() => giveOwnersBack(api, client.object, paths));
    const live = await api.find(asWritten(client));
    if (live !== undefined) started.push({ applied: live, asked: client.object });
  }
  return started;
}

/** Waits until what was started is ready; what is not is told, not an error: it may not have been ready before. */
export async function waitForClients(
  api: Api,
  started: readonly AwaitedObject[],
  options: CommandOptions,
): Promise<string[]> {
  const tell = tellWaiting('start', options.listener);
  const onUnheard = (object: KubeObject) => nudge(api, object);
  const { outcome, assessments } = await waitForStage(api, started, { ...options, tell, onUnheard });
  // The next step finds out that it was interrupted.
  if (outcome === 'interrupted') return [];
  return assessments
    .filter(({ result }) => !result.successful)
    .map(({ object, result }) => `${displayName(object)}: ${result.message}`);
}

const asWritten = ({ object, apiVersion }: Client) => ({ ...referenceTo(object), apiVersion });

/**
 * The pod counts that a client had, in one write: those that the rollout had applied by applying them again, those of
 * somebody else in his name.
 */
export function formerPodCounts(api: Api, { object, replicas }: Client): LastingWrite {
  const wrongPaths = (live: KubeObject) =>
    replicas.map(({ path }) => path).filter((path) => valueAt(live, path) !== valueAt(object, path));
  return {
    isRight: (live) => wrongPaths(live).length === 0,
    write: async (live) => {
      const paths = wrongPaths(live);
      const owners = paths.map((path) => ownerOf(object, path));
      if (owners.every((owner) => owner !== undefined && isOwn(owner))) {
        const values = paths.map((path) => onlyAt(path, valueAt(object, path)));
        await api.apply(appliedWith(live, values), { force: true });
        return;
      }
      const { resourceVersion } = live.metadata;
      const patch = paths
        .map((path) => formerValue(object, live, path))
        .reduce<Json>(merged, { metadata: { resourceVersion } });
      const manager = owners.find((owner) => owner !== undefined)?.manager ?? moveManager;
      await api.merge(referenceTo(object), patch, manager);
    },
  };
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
