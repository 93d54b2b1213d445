import { localDatabaseName } from 'cdk8s-rhdh/operators';
import { displayName, groupKind, type KubeObject } from '../../kubernetes/object';
import { waiting, type GateResult } from '../../gates/gate';
import type { ObjectSet } from '../../gates/object-set';
import { podGate } from '../../gates/pod';
import { statefulSetGate } from '../../gates/stateful-set';
import type { AwaitedState } from '../../wait/tell-waiting';
import type { MoveContext } from './context';
import type { Kept } from './kept';
import { putSecretBack, restartWithSecret } from './source-secret';
import { untilReady } from './until-ready';

/**
 * Waits until the operator runs the hub's local database again with its former Secret, where the hub had one of its
 * own. Releases up to 1.9 may have deleted that Secret once more and made another: whatever they do while they still
 * see the hub as switched (rhdh-operator, `cleanObjects`) comes before they make the StatefulSet.
 */
export async function untilSourceRuns(
  { api, home, ...options }: MoveContext,
  { source, secret, clients }: Kept,
): Promise<void> {
  const hub = clients.find(
    ({ object }) => groupKind(object) === 'Backstage.rhdh.redhat.com' && object.metadata.name === source.hub,
  );
  if (hub === undefined || hub.object.spec?.database?.enableLocalDb === false) return;
  const name = localDatabaseName(source.hub);
  const pod = `${name}-0`;
  const awaited = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name, namespace: home } };
  const kinds = [
    { apiVersion: 'apps/v1', kind: 'StatefulSet', namespace: home },
    { apiVersion: 'v1', kind: 'Pod', namespace: home, name: pod },
  ];
  let seen: string | undefined;
  let ended: string | undefined;
  const look = async (objects: ObjectSet) => {
    const database = objects.get('StatefulSet.apps', home, name);
    if (database !== undefined && database.metadata.uid !== seen) {
      seen = database.metadata.uid;
      const wasAnother = await putSecretBack(api, secret);
      ended = (await restartWithSecret(api, secret, pod, wasAnother)) ?? ended;
    }
    const result =
      database === undefined
        ? waiting('the operator has not made it yet')
        : gateOf(database, objects, pod, ended);
    return [{ object: awaited, ready: result.successful, message: result.message }];
  };
  const late = ([state]: readonly AwaitedState[]) =>
    `${displayName(awaited)} was not ready in time: ${state?.message}`;
  await untilReady(api, { kinds, stage: 'fence', look, late }, options);
}

/** A pod that was ended is not the one that is waited for. */
function gateOf(
  database: KubeObject,
  objects: ObjectSet,
  pod: string,
  ended: string | undefined,
): GateResult {
  const running = objects.get('Pod', database.metadata.namespace, pod);
  if (running === undefined || running.metadata.uid === ended) return waiting(`Pod/${pod} is not there yet`);
  const result = statefulSetGate(database, objects);
  return result.successful ? podGate(running, objects) : result;
}
