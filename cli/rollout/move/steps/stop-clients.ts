import { displayName, type KubeObject } from '../../bundles/manifest';
import type { ObjectState } from '../../event';
import type { ObjectSet } from '../../gates/object-set';
import { referenceTo, type Api } from '../../kubernetes/api';
import { podsOf, workloadsOf } from '../../wait/workloads';
import type { Client } from '../clients/clients';
import { ownContent } from '../../fields/own-content';
import { merged, onlyAt, type Json } from '../../fields/paths';
import type { CommandOptions } from '../job/command-job';
import { InterruptedError } from '../job/step-error';
import { watchUntil } from './watch-until';

/** Sets the replicas of every client to 0, and waits until its last pod is gone. */
export async function stopClients(
  api: Api,
  clients: readonly Client[],
  options: Pick<CommandOptions, 'timeout' | 'signal' | 'listener'>,
): Promise<void> {
  for (const client of clients) {
    if (options.signal.aborted) throw new InterruptedError();
    await stopClient(api, client);
  }
  await untilNoPods(api, clients, options);
}

/**
 * The zeros are applied by the rollout's own manager, with what it had applied before: so the write that switches a
 * client also starts it, whether its bundle says how many pods run or not.
 */
async function stopClient(api: Api, { object, apiVersion, replicas }: Client): Promise<void> {
  const live = await api.find({ ...referenceTo(object), apiVersion });
  if (live === undefined) return;
  const { kind, metadata } = live;
  const { namespace, name, uid } = metadata;
  const zeros = replicas.map(({ path }) => onlyAt(path, 0));
  const content = [...zeros, { apiVersion, kind, metadata: { namespace, name, uid } }].reduce<Json>(
    merged,
    ownContent(live),
  );
  await api.apply(content as KubeObject, { force: true });
}

async function untilNoPods(
  api: Api,
  clients: readonly Client[],
  options: Pick<CommandOptions, 'timeout' | 'signal' | 'listener'>,
): Promise<void> {
  const [first] = clients;
  if (first === undefined) return;
  const { namespace } = first.object.metadata;
  const kinds = ['apps/v1 Deployment', 'apps/v1 StatefulSet', 'v1 Pod'].map((text) => {
    const [apiVersion, kind] = text.split(' ') as [string, string];
    return { apiVersion, kind, namespace };
  });
  const look = (objects: ObjectSet) =>
    clients.map(({ object }) => {
      const runs = whatRuns(object, objects);
      const message = runs ?? 'no pod runs any more';
      return { object: displayName(object), namespace, ready: runs === undefined, message };
    });
  const late = (states: readonly ObjectState[]) =>
    [
      'not everything stopped in time (do the operators run?)',
      ...states.map(({ object, message }) => `${object}: ${message}`),
    ].join('\n  - ');
  await watchUntil(api, { kinds, stage: 'stop', look, late }, options);
}

/** Nothing, when no pod of an object runs any more. */
function whatRuns(object: KubeObject, objects: ObjectSet): string | undefined {
  const workloads = workloadsOf(object, objects).map(
    (workload) =>
      objects.get(`${workload.kind}.apps`, workload.metadata.namespace, workload.metadata.name) ?? workload,
  );
  for (const workload of workloads) {
    if (workload.spec.replicas !== 0) {
      return `${displayName(workload)} is still wanted with ${workload.spec.replicas ?? 1} pods`;
    }
    const pods = podsOf(workload, objects);
    if (pods.length > 0) return `still runs: ${pods.map(displayName).join(', ')}`;
  }
  return undefined;
}
