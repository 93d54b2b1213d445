import { displayName, type KubeObject } from '../../kubernetes/object';
import type { ObjectSet } from '../../gates/object-set';
import { referenceTo, type Api } from '../../kubernetes/api';
import { untilItStays, type LastingWrite } from '../../wait/until-it-stays';
import type { AwaitedState } from '../../wait/tell-waiting';
import { podsOf, workloadsOf } from '../../gates/workloads';
import type { Client } from '../clients/clients';
import { appliedWith, isOwn, ownerOf } from '../../fields/own-content';
import { onlyAt, valueAt } from '../../fields/paths';
import type { CommandOptions } from '../job/command-job';
import { InterruptedError } from '../job/step-error';
import { untilReady } from './until-ready';

/** Sets the replicas of every client to 0, and waits until its last pod is gone. */
export async function stopClients(
  api: Api,
  clients: readonly Client[],
  options: Pick<CommandOptions, 'timeout' | 'signal' | 'listener'>,
): Promise<void> {
  for (const client of clients) {
    if (options.signal.aborted) throw new InterruptedError();
    const reference = { ...referenceTo(client.object), apiVersion: client.apiVersion };
    await untilItStays(api, reference, zeros(api, client), options);
  }
  await untilNoPods(api, clients, options);
}

/**
 * The zeros are applied by the rollout's own manager, with what it had applied before: so the write that switches a
 * client also starts it, whether its bundle says how many pods run or not.
 */
function zeros(api: Api, { replicas }: Client): LastingWrite {
  const patches = replicas.map(({ path }) => onlyAt(path, 0));
  return {
    isRight: (live) =>
      replicas.every(({ path }) => {
        const owner = ownerOf(live, path);
        return valueAt(live, path) === 0 && owner !== undefined && isOwn(owner);
      }),
    write: async (live) => {
      await api.apply(appliedWith(live, patches), { force: true });
    },
  };
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
      return { object, ready: runs === undefined, message: runs ?? 'no pod runs any more' };
    });
  const late = (states: readonly AwaitedState[]) =>
    [
      'not everything stopped in time (do the operators run?)',
      ...states.map(({ object, message }) => `${displayName(object)}: ${message}`),
    ].join('\n  - ');
  await untilReady(api, { kinds, stage: 'stop', look, late }, options);
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
