import type { KubeObject } from '../kubernetes/object';
import { concurrently } from '../kubernetes/concurrently';
import { ObjectSet } from '../gates/object-set';
import { configurationReferences } from '../gates/backstage-configuration';
import type { Api, ObjectReference } from '../kubernetes/api';
import { isForbidden } from '../kubernetes/api-error';
import type { KindVersion } from '../kubernetes/resource';
import { containersOf, environmentSources } from '../servers/container-variables';

/** What the checks look at, of one moment. */
export interface ClusterView {
  readonly objects: ObjectSet;
  /** What could not be read, because the user may not: `Secret/x`. */
  readonly unread: readonly string[];
}

/** The kinds whose objects are all read. */
export const workloadKinds: readonly KindVersion[] = [
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'apps/v1', kind: 'StatefulSet' },
  { apiVersion: 'v1', kind: 'Pod' },
];

/**
 * Reads workloads and pods of some namespaces, and the Secrets and ConfigMaps that hubs and containers refer to.
 *
 * @param wanted resources of the bundles, which are read as they are in the cluster
 */
export async function readCluster(
  api: Api,
  namespaces: readonly string[],
  wanted: readonly KubeObject[],
): Promise<ClusterView> {
  const objects = new ObjectSet();
  const unread = new Set<string>();
  for (const namespace of namespaces) {
    for (const kind of workloadKinds) {
      const { items } = await api.list(kind, namespace);
      for (const item of items) objects.put(item);
    }
  }
  await concurrently(configurationOf(namespaces, wanted, objects), 6, async (reference) => {
    try {
      const object = await api.find(reference);
      if (object !== undefined) objects.put({ ...object, apiVersion: 'v1', kind: reference.kind });
    } catch (error) {
      if (!isForbidden(error)) throw error;
      unread.add(`${reference.kind}/${reference.name}`);
    }
  });
  return { objects, unread: [...unread] };
}

/**
 * The Secrets and ConfigMaps of some namespaces that have to be read, each once.
 *
 * @param wanted resources of the bundles
 * @param objects has the workloads and pods
 */
export function configurationOf(
  namespaces: readonly string[],
  wanted: readonly KubeObject[],
  objects: ObjectSet,
): ObjectReference[] {
  const references = new Map<string, ObjectReference>();
  const refer = (kind: string, namespace: string | undefined, name: string) =>
    references.set(`${kind}/${namespace}/${name}`, { apiVersion: 'v1', kind, namespace, name });
  for (const object of wanted.filter(({ kind }) => kind === 'Backstage')) {
    for (const { kind, name } of configurationReferences(object)) {
      refer(kind, object.metadata.namespace, name);
    }
  }
  for (const namespace of namespaces) {
    const carriers = ['Deployment.apps', 'StatefulSet.apps', 'Pod'].flatMap((kind) =>
      objects.list(kind, namespace),
    );
    for (const { kind, name } of carriers.flatMap(containersOf).flatMap(environmentSources)) {
      refer(kind, namespace, name);
    }
    for (const deployment of objects.list('Deployment.apps', namespace)) {
      if (deployment.metadata.name.endsWith('-jobs-service')) {
        refer('ConfigMap', namespace, `${deployment.metadata.name}-props`);
      }
    }
  }
  return [...references.values()];
}
