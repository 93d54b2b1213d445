import { groupKind } from '../bundles/manifest';
import type { Api, ObjectReference } from '../kubernetes/api';
import { ClusterWatch } from './cluster-watch';

/** Waits until an object does not exist any more, or `signal` ends it. */
export async function watchUntilGone(
  api: Api,
  reference: ObjectReference,
  signal: AbortSignal,
): Promise<void> {
  const { apiVersion, kind, namespace, name } = reference;
  const watch = new ClusterWatch(api, [{ apiVersion, kind, namespace }]);
  try {
    while (!signal.aborted) {
      if (watch.synced && watch.objects.get(groupKind(reference), namespace, name) === undefined) return;
      await watch.change(Infinity, signal);
    }
  } finally {
    watch.close();
  }
}
