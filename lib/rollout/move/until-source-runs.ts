import { displayName, groupKind } from '../bundles/manifest';
import { statefulSetGate } from '../gates/stateful-set';
import { localDatabaseName } from '../preflight/hub-database';
import { ClusterWatch } from '../wait/cluster-watch';
import type { MoveContext } from './context';
import type { Kept } from './kept';
import { InterruptedError, StepError } from './step-error';

/** Waits until the operator runs the hub's local database again, where the hub had one of its own. */
export async function untilSourceRuns(
  { api, home, timeout, signal, listener }: MoveContext,
  { source, clients }: Kept,
): Promise<void> {
  const hub = clients.find(
    ({ object }) => groupKind(object) === 'Backstage.rhdh.redhat.com' && object.metadata.name === source.hub,
  );
  if (hub === undefined || hub.object.spec?.database?.enableLocalDb === false) return;
  const kind = { apiVersion: 'apps/v1', kind: 'StatefulSet', namespace: home };
  const name = localDatabaseName(source.hub);
  const watch = new ClusterWatch(api, [kind]);
  const deadline = Date.now() + timeout;
  let said = '';
  try {
    for (;;) {
      if (watch.synced) {
        const database = watch.objects.get('StatefulSet.apps', home, name);
        const result = database && statefulSetGate(database, watch.objects);
        const message = result?.message ?? 'the operator has not made it yet';
        const object = database === undefined ? `StatefulSet/${name}` : displayName(database);
        if (message !== said)
          listener({
            type: 'waiting',
            stage: 'fence',
            object,
            namespace: home,
            ready: result?.successful ?? false,
            message,
          });
        said = message;
        if (result?.successful) return;
        if (Date.now() >= deadline) throw new StepError(`${object} was not ready in time: ${message}`, true);
      }
      if (signal.aborted) throw new InterruptedError();
      await watch.change(deadline, signal);
    }
  } finally {
    watch.close();
  }
}
