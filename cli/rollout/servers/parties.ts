import { backstage, platform } from 'cdk8s-rhdh/operators';
import { displayName, groupKind, type KubeObject } from '../kubernetes/object';
import { ObjectSet } from '../gates/object-set';
import { referenceTo, type Api } from '../kubernetes/api';
import { podsOf, workloadsOf } from '../gates/workloads';
import type { Party } from './sessions';

const connecting = new Set([backstage, platform]);

/** The hub and SonataFlow's services, as the bundles carry them, with the addresses of their pods. */
export async function partiesOf(
  api: Api,
  namespace: string,
  bundled: readonly KubeObject[],
): Promise<Party[]> {
  const wanted = bundled.filter((object) => connecting.has(groupKind(object)));
  const kinds = ['apps/v1 Deployment', 'apps/v1 StatefulSet', 'v1 Pod'].map((text) => text.split(' '));
  const lists = await Promise.all(
    kinds.map(([apiVersion, kind]) =>
      api.list({ apiVersion: apiVersion as string, kind: kind as string }, namespace),
    ),
  );
  const objects = new ObjectSet(lists.flatMap(({ items }) => items));
  const live = await Promise.all(wanted.map((object) => api.find(referenceTo(object))));
  return live
    .filter((object) => object !== undefined)
    .flatMap((object) => {
      const workloads = workloadsOf(object, objects);
      return workloads.map((workload) => ({
        name: workloads.length > 1 ? displayName(workload) : displayName(object),
        addresses: podsOf(workload, objects).flatMap(
          ({ status }) => (status?.podIP as string | undefined) ?? [],
        ),
      }));
    });
}
