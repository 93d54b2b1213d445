import { backstage, rhdhGroup, sonataflowGroup } from 'cdk8s-rhdh/operators';
import { groupKind, type KubeObject } from '../kubernetes/object';
import type { Api, ObjectReference } from '../kubernetes/api';
import type { KindVersion } from '../kubernetes/resource';

/** A Helm release that made workflows: what it made is deleted by Helm. */
export interface HelmRelease {
  readonly name: string;
  readonly namespace: string;
}

/** What is deleted, in its sequence. */
export interface Targets {
  /** The hubs first: their operator would make a SonataFlowPlatform of its own anew. */
  readonly hubs: readonly KubeObject[];
  readonly workflows: readonly KubeObject[];
  readonly platforms: readonly KubeObject[];
  /** Claims in which the hubs of the bundles keep their unpacked plugins: last, as pods hold on to them. */
  readonly claims: readonly KubeObject[];
  /** The releases that made some of the workflows. */
  readonly releases: readonly HelmRelease[];
  /** Hubs of the same namespaces that are not part of the bundles. */
  readonly otherHubs: readonly KubeObject[];
}

/** The kinds of the targets in the version that the server prefers. */
export interface TargetKinds {
  readonly hub?: KindVersion;
  readonly workflow?: KindVersion;
  readonly platform?: KindVersion;
}

/** The kinds of the targets, as far as the cluster knows them. */
export async function findTargetKinds(api: Api): Promise<TargetKinds> {
  const find = async (group: string, kind: string): Promise<KindVersion | undefined> => {
    const [apiVersion] = await api.discovery.versionsOf(group, kind);
    return apiVersion === undefined ? undefined : { apiVersion, kind };
  };
  return {
    hub: await find(rhdhGroup, 'Backstage'),
    workflow: await find(sonataflowGroup, 'SonataFlow'),
    platform: await find(sonataflowGroup, 'SonataFlowPlatform'),
  };
}

/** What `findTargets` has to know. */
export interface TargetOptions {
  /** The objects of the bundles, each in its namespace. */
  readonly bundled: readonly KubeObject[];
  /** Where hubs, platforms and workflows are looked for. */
  readonly namespaces: readonly string[];
}

/**
 * Looks for what the lab's first step deletes: the hubs of the bundles with their plugins claims, and every
 * SonataFlowPlatform and workflow of their namespaces, whoever made them.
 */
export async function findTargets(
  api: Api,
  kinds: TargetKinds,
  { bundled, namespaces }: TargetOptions,
): Promise<Targets> {
  const all = async (kind: KindVersion | undefined): Promise<KubeObject[]> => {
    if (kind === undefined) return [];
    const lists = await Promise.all(namespaces.map((namespace) => api.list(kind, namespace)));
    return lists.flatMap(({ items }) => items);
  };
  const bundledHubs = bundled.filter(isHub);
  const isBundled = ({ metadata }: KubeObject) =>
    bundledHubs.some((hub) => isSamePlace(hub.metadata, metadata));
  const hubs = await all(kinds.hub);
  const mine = hubs.filter(isBundled);
  const workflows = await all(kinds.workflow);
  return {
    hubs: mine,
    workflows,
    platforms: await all(kinds.platform),
    claims: await findClaims(api, bundledHubs),
    releases: releasesOf(workflows),
    otherHubs: hubs.filter((hub) => !isBundled(hub)),
  };
}

/** The namespaces of the hubs, and the one where the lock is. */
export function namespacesOfHubs(bundled: readonly KubeObject[], home: string): string[] {
  const ofHubs = bundled.filter(isHub).map(({ metadata }) => metadata.namespace as string);
  return [...new Set([home, ...ofHubs])];
}

export function isHub(object: KubeObject): boolean {
  return groupKind(object) === backstage;
}

function isSamePlace(a: KubeObject['metadata'], b: KubeObject['metadata']): boolean {
  return a.namespace === b.namespace && a.name === b.name;
}

/** The volume of a hub's pods that holds its plugins (redhat-developer/rhdh-operator, default-config/deployment.yaml). */
const pluginsVolume = 'dynamic-plugins-root';

/** The claims in which hubs keep their unpacked plugins, each once. */
export function claimsOf(hubs: readonly KubeObject[]): ObjectReference[] {
  const claims = hubs.flatMap(({ spec, metadata: { namespace } }) => {
    const volumes: { name: string; persistentVolumeClaim?: { claimName: string } }[] =
      spec?.deployment?.patch?.spec?.template?.spec?.volumes ?? [];
    return volumes.flatMap(({ name, persistentVolumeClaim: claim }) =>
      name === pluginsVolume && claim !== undefined
        ? [{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name: claim.claimName }]
        : [],
    );
  });
  return [...new Map(claims.map((claim) => [`${claim.namespace}/${claim.name}`, claim])).values()];
}

async function findClaims(api: Api, hubs: readonly KubeObject[]): Promise<KubeObject[]> {
  const claims = await Promise.all(claimsOf(hubs).map((claim) => api.find(claim)));
  return claims.filter((claim) => claim !== undefined);
}

/** Names that Helm and Kubernetes accept, so that what anybody wrote into an annotation is no option of a program. */
const dnsName = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

/** Helm writes the release on everything that it makes (helm.sh/docs, "Labels and Annotations"; pkg/action/validate.go). */
function releaseOf({ metadata }: KubeObject): HelmRelease | undefined {
  const name = metadata.annotations?.['meta.helm.sh/release-name'] ?? '';
  const namespace = metadata.annotations?.['meta.helm.sh/release-namespace'] ?? '';
  return dnsName.test(name) && dnsName.test(namespace) ? { name, namespace } : undefined;
}

function releasesOf(workflows: readonly KubeObject[]): HelmRelease[] {
  const releases = workflows.flatMap((workflow) => releaseOf(workflow) ?? []);
  return [...new Map(releases.map((release) => [`${release.namespace}/${release.name}`, release])).values()];
}

/** Whether Helm made the object. */
export function isOfRelease(object: KubeObject): boolean {
  return releaseOf(object) !== undefined;
}
