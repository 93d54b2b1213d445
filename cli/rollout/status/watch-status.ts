import { lockHolder, leaseName } from '../state/lease';
import { parseState, stateName } from '../state/rollout-state';
import type { BundleFile } from '../bundles/bundle-file';
import { objectKey, type KubeObject } from '../kubernetes/object';
import { isPassive } from '../gates/table';
import { referenceTo, type Api } from '../kubernetes/api';
import { leftToApply } from '../stages/left-to-apply';
import { moveName, parseMove, type StepRecord } from '../state/move-state';
import { placeInNamespace, type NamespaceOptions } from '../stages/place-in-namespace';
import type { ClusterNames } from '../stages/tell-cluster';
import { ProblemsError } from '../findings/problem';
import type { RolloutObject } from '../stages/rollout-stage';
import type { ObjectSet } from '../gates/object-set';
import type { WatchedKind } from '../wait/cluster-watch';
import { ConfigurationReader } from '../wait/configuration-reader';
import { observe, type Observation } from '../wait/observe';
import { watchedKinds } from '../wait/watched-kinds';
import { statusOf } from './status';
import type { StageStatus } from '../event';

/** How everything stands at one moment. */
export interface Status extends ClusterNames {
  readonly stages: readonly StageStatus[];
  /** The last stage that a rollout has begun. */
  readonly reached?: string;
  /** Who rolls out at this moment. */
  readonly holder?: string;
  /** The steps of a move with the data, where there is one. */
  readonly move: readonly StepRecord[];
}

/** What `status` was asked for. */
export interface StatusOptions extends NamespaceOptions {
  readonly signal: AbortSignal;
}

/**
 * Tells how the stages stand, and again after each change, until somebody has seen enough or interrupts it.
 *
 * @param onStatus says whether that was enough
 * @throws ProblemsError when a bundle names another namespace than the one asked for.
 */
export async function watchStatus(
  api: Api,
  bundles: readonly BundleFile[],
  options: StatusOptions,
  onStatus: (status: Status) => boolean,
): Promise<Observation<Status>> {
  const serverVersion = await api.version();
  const { stages, home, problems } = await placeInNamespace(bundles, api.discovery, options);
  if (problems.length > 0) throw new ProblemsError('The bundles are for another namespace:', problems);
  const items = stages.flatMap(({ objects }) => objects);
  const served = await servedOf(api, items);
  const live = [...served].map(({ object }) => object);
  const kinds = statusKinds(live, home);
  const configuration = new ConfigurationReader(api);
  const look = async (objects: ObjectSet) => {
    await configuration.refresh(live, objects);
    const found = (kind: string, name: string) => objects.get(kind, home, name);
    const state = parseState(found('ConfigMap', stateName), home);
    const move = parseMove(found('ConfigMap', moveName));
    const begun = new Set(Object.values(state.stages));
    const status = {
      serverVersion,
      home,
      stages: statusOf(leftToApply(stages, move), objects, state, (item) => served.has(item)),
      reached: stages.filter(({ name }) => begun.has(name)).at(-1)?.name,
      holder: lockHolder(found('Lease.coordination.k8s.io', leaseName), api.transport.serverTime),
      move: move?.steps ?? [],
    };
    return { value: status, done: onStatus(status) };
  };
  return observe(api, kinds, look, options);
}

/** What is watched to tell how objects stand. */
export function statusKinds(objects: readonly KubeObject[], home: string): WatchedKind[] {
  return [...watchedKinds(objects), ...passive(objects), ...ownObjects(home)];
}

async function servedOf(api: Api, items: readonly RolloutObject[]): Promise<Set<RolloutObject>> {
  const served = new Set<RolloutObject>();
  for (const item of items) {
    if ((await api.discovery.find(item.object)) !== undefined) served.add(item);
  }
  return served;
}

/** Objects without a status are watched one by one: nobody needs to see all Secrets of the namespace for this. */
function passive(objects: readonly KubeObject[]): WatchedKind[] {
  const unique = new Map(objects.filter(isPassive).map((object) => [objectKey(object), referenceTo(object)]));
  return [...unique.values()];
}

function ownObjects(namespace: string): WatchedKind[] {
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', namespace, optional: true };
  return [
    { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace, name: leaseName, optional: true },
    { ...configMap, name: stateName },
    { ...configMap, name: moveName },
  ];
}
