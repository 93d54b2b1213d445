import type { Problem } from '../findings/problem';
import { gateFor, isPassive } from '../gates/table';
import type { Api } from '../kubernetes/api';
import type { KindVersion } from '../kubernetes/resource';
import type { RolloutStage } from '../stages/rollout-stage';
import { checkRights, leases, leaseVerbs, rightsTo, type Right } from './rights';

/** What the rollout does to every object, and to the kinds that it waits for. */
const applyVerbs = ['get', 'create', 'patch'];
const watchVerbs = ['list', 'watch'];

/**
 * Whether the user may do everything that the rollout will do.
 * @param createsNamespace it will create a namespace that no bundle carries
 */
export async function checkPermissions(
  api: Api,
  stages: readonly RolloutStage[],
  home: string,
  createsNamespace: boolean,
): Promise<Problem[]> {
  const namespaces = { apiVersion: 'v1', kind: 'Namespace' };
  return checkRights(
    api,
    [
      ...(await neededRights(api, stages, home)),
      ...(createsNamespace ? await rightsTo(api, ['create', 'patch'], namespaces, undefined) : []),
    ],
    home,
  );
}

async function neededRights(api: Api, stages: readonly RolloutStage[], home: string): Promise<Right[]> {
  const rights: Right[] = [];
  const add = async (
    kind: KindVersion,
    verbs: readonly string[],
    namespace: string | undefined,
    more?: Partial<Right>,
  ) => void rights.push(...(await rightsTo(api, verbs, kind, namespace, more)));
  for (const { object } of stages.flatMap(({ objects }) => objects)) {
    const { namespace } = object.metadata;
    await add(object, applyVerbs, namespace);
    if (object.kind === 'Job') await add(object, ['delete'], namespace);
    if (isPassive(object)) continue;
    await add(object, watchVerbs, namespace);
    for (const kind of gateFor(object).reads) await add(kind, watchVerbs, namespace);
    await add({ apiVersion: 'v1', kind: 'Pod' }, watchVerbs, namespace, { optional: true });
    await add({ apiVersion: 'v1', kind: 'Pod' }, ['get'], namespace, { subresource: 'log', optional: true });
    await add({ apiVersion: 'v1', kind: 'Event' }, ['list'], namespace, { optional: true });
  }
  await add(leases, leaseVerbs, home);
  await add({ apiVersion: 'v1', kind: 'ConfigMap' }, applyVerbs, home);
  return rights;
}
