import type { BundleFile } from '../bundles/bundle-file';
import { displayName, objectKey, type KubeObject } from '../kubernetes/object';
import { folded, found, type Problem } from '../findings/problem';
import { concurrently } from '../kubernetes/concurrently';
import { configurationReferences } from '../gates/backstage-configuration';
import { referenceTo, type Api } from '../kubernetes/api';
import { isForbidden } from '../kubernetes/api-error';
import { inEveryNamespace } from '../preflight/providers';
import { checkRights } from '../preflight/check-rights';
import { permissionsFor } from '../preflight/permission';
import { placeInNamespace, type NamespaceOptions } from '../stages/place-in-namespace';
import type { ClusterNames } from '../stages/tell-cluster';
import { destroyRights } from './destroy-rights';
import { localSecretOf, metadataIn, ownedBy, secretsReadBy } from './owned';
import { checkDataOf } from './refusals';
import { findTargetKinds, findTargets, isHub, namespacesOfHubs, type Targets } from './targets';

/** What the user asked for. */
export interface DestroyPlanOptions extends NamespaceOptions {
  /** Goes on although data would be lost with the operator's local database. */
  readonly discardLocalDatabase: boolean;
}

/** Everything that is known before the first object is deleted. */
export interface DestroyPlan extends ClusterNames {
  readonly targets: Targets;
  /** What Kubernetes deletes with the targets. */
  readonly owned: readonly KubeObject[];
  /** What the hubs and the bundles leave behind. */
  readonly staying: readonly KubeObject[];
  readonly problems: readonly Problem[];
}

/** The steps of a deletion in their sequence; each is gone before the next begins. */
export function stepsOf({ hubs, workflows, platforms, claims }: Targets) {
  return [
    { name: 'hub', objects: hubs },
    { name: 'workflows', objects: workflows },
    { name: 'platforms', objects: platforms },
    { name: 'plugins', objects: claims },
  ].filter(({ objects }) => objects.length > 0);
}

/** Looks for everything that would be deleted, and for what forbids it. Writes nothing. */
export async function planDestroy(
  api: Api,
  bundles: readonly BundleFile[],
  options: DestroyPlanOptions,
): Promise<DestroyPlan> {
  const serverVersion = await api.version();
  const { stages, home, problems: misplaced } = await placeInNamespace(bundles, api.discovery, options);
  const bundled = stages.flatMap(({ objects }) => objects.map(({ object }) => object));
  const namespaces = namespacesOfHubs(bundled, home);
  const kinds = await findTargetKinds(api);
  const permissions = await permissionsFor(api.discovery, destroyRights(kinds, bundled, home));
  const denied = await checkRights(api, permissions, home, 'destroy');
  const problems = [...folded(misplaced), ...denied];
  if (problems.some(({ severity }) => severity === 'error')) {
    return { serverVersion, home, targets: nothing, owned: [], staying: [], problems };
  }
  const secrets = bundled.filter(isHub).flatMap((hub) => [localSecretOf(hub), ...secretsReadBy(hub)]);
  const targets = await findTargets(api, kinds, { bundled, namespaces });
  const there = await metadataIn(api, namespaces, secrets);
  const doomed = stepsOf(targets).flatMap(({ objects }) => objects);
  const isTarget = new Set(doomed.map(({ metadata }) => metadata.uid));
  const owned = ownedBy(doomed, there).filter(({ metadata }) => !isTarget.has(metadata.uid));
  const gone = new Set([...isTarget, ...owned.map(({ metadata }) => metadata.uid)]);
  const data = await Promise.all(
    targets.hubs.map((hub) => checkDataOf(api, hub, options.discardLocalDatabase)),
  );
  return {
    serverVersion,
    home,
    targets,
    owned,
    staying: await findStaying(api, bundled, targets, there, gone),
    problems: [...problems, ...data.flat(), ...targets.otherHubs.map((hub) => staysBehind(hub, targets))],
  };
}

const nothing: Targets = {
  hubs: [],
  workflows: [],
  platforms: [],
  claims: [],
  releases: [],
  otherHubs: [],
};

/** A hub that the bundles do not have keeps running, without the platforms. */
function staysBehind(hub: KubeObject, { platforms }: Targets): Problem {
  const loses =
    platforms.length === 0 ? '' : `, without ${platforms.map((one) => displayName(one)).join(', ')}`;
  return found('other-hub', {
    message: `${displayName(hub)} is in the same namespace, and not in the bundles: it stays${loses}`,
  });
}

/** Volumes of the namespaces, what the hubs refer to, and the objects of the bundles, as far as they stay. */
async function findStaying(
  api: Api,
  bundled: readonly KubeObject[],
  { hubs }: Targets,
  there: readonly KubeObject[],
  gone: ReadonlySet<string | undefined>,
): Promise<KubeObject[]> {
  const referred = hubs.flatMap((hub) =>
    configurationReferences(hub).map(({ kind, name }) => `${kind}/${hub.metadata.namespace}/${name}`),
  );
  const ofHub = there.filter(
    ({ kind, metadata }) =>
      kind === 'PersistentVolumeClaim' || referred.includes(`${kind}/${metadata.namespace}/${metadata.name}`),
  );
  const live = await concurrently(bundled, 6, async (object) => {
    try {
      return await api.find(referenceTo(object));
    } catch (error) {
      if (isForbidden(error)) return undefined;
      throw error;
    }
  });
  const staying = [...ofHub, ...live.filter((object) => object !== undefined)].filter(
    ({ kind, metadata }) =>
      !gone.has(metadata.uid) &&
      !inEveryNamespace.some((one) => one.kind === kind && one.name === metadata.name),
  );
  const isVolume = ({ kind }: KubeObject) => kind === 'PersistentVolumeClaim';
  return [
    ...new Map(
      [...staying.filter(isVolume), ...staying].map((object) => [objectKey(object), object]),
    ).values(),
  ];
}
