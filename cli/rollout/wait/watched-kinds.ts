import type { KubeObject } from '../kubernetes/object';
import { gateFor, isPassive } from '../gates/table';
import type { WatchedKind } from './cluster-watch';

/** What has to be watched to judge objects: their kinds, what their gates read, and pods. */
export function watchedKinds(objects: readonly KubeObject[]): WatchedKind[] {
  return objects
    .filter((object) => !isPassive(object))
    .flatMap(({ apiVersion, kind, metadata: { namespace } }): WatchedKind[] => [
      { apiVersion, kind, namespace },
      ...gateFor({ apiVersion, kind }).reads.map((read) => ({ ...read, namespace })),
      ...(kind === 'PersistentVolumeClaim'
        ? [{ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', optional: true }]
        : []),
      ...(namespace === undefined ? [] : [{ apiVersion: 'v1', kind: 'Pod', namespace, optional: true }]),
    ]);
}
