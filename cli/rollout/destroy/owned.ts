import { localSecretName } from 'cdk8s-rhdh/operators';
import { configurationReferences } from '../gates/backstage-configuration';
import type { KubeObject } from '../kubernetes/object';
import { concurrently } from '../kubernetes/concurrently';
import type { Api, ObjectReference } from '../kubernetes/api';
import { unlessForbidden } from '../kubernetes/unless-forbidden';
import type { KindVersion } from '../kubernetes/resource';

/**
 * Kinds that the operators and Kubernetes make for a hub, a platform or a workflow. Whoever may list Secrets may read them
 * all, so these are looked for by their names.
 */
export const ownedKinds: readonly KindVersion[] = [
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'apps/v1', kind: 'StatefulSet' },
  { apiVersion: 'apps/v1', kind: 'ReplicaSet' },
  { apiVersion: 'batch/v1', kind: 'Job' },
  { apiVersion: 'v1', kind: 'Pod' },
  { apiVersion: 'v1', kind: 'Service' },
  { apiVersion: 'v1', kind: 'ConfigMap' },
  { apiVersion: 'v1', kind: 'PersistentVolumeClaim' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
  { apiVersion: 'route.openshift.io/v1', kind: 'Route' },
  { apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor' },
];

/** The Secrets that a hub reads, each once. */
export function secretsReadBy(hub: KubeObject): ObjectReference[] {
  const names = configurationReferences(hub).flatMap(({ kind, name }) => (kind === 'Secret' ? [name] : []));
  return [...new Set(names)].map((name) => secretIn(hub, name));
}

/** The Secret of a hub's local database, which its operator makes. */
export function localSecretOf(hub: KubeObject): ObjectReference {
  return secretIn(hub, localSecretName(hub.metadata.name));
}

function secretIn({ metadata: { namespace } }: KubeObject, name: string): ObjectReference {
  return { apiVersion: 'v1', kind: 'Secret', namespace, name };
}

/**
 * Objects of some namespaces as far as their metadata goes; kinds that are not served or may not be listed are
 * left out.
 *
 * @param secrets of the Secrets these
 */
export async function metadataIn(
  api: Api,
  namespaces: readonly string[],
  secrets: readonly ObjectReference[],
): Promise<KubeObject[]> {
  const lists = namespaces.flatMap((namespace) => ownedKinds.map((kind) => ({ kind, namespace })));
  const objects = await concurrently(lists, 6, async ({ kind, namespace }) => {
    if ((await api.discovery.find(kind)) === undefined) return [];
    return (await unlessForbidden(api.listMetadata(kind, namespace)))?.items ?? [];
  });
  const named = await concurrently(secrets, 6, (secret) => unlessForbidden(api.findMetadata(secret)));
  return [...objects.flat(), ...named.filter((secret) => secret !== undefined)];
}

/** What Kubernetes deletes when the owners go, and what it deletes then, and so on. */
export function ownedBy(owners: readonly KubeObject[], objects: readonly KubeObject[]): KubeObject[] {
  const gone = new Set(owners.map(({ metadata }) => metadata.uid));
  const owned: KubeObject[] = [];
  for (let found = true; found;) {
    const next = objects.filter(
      ({ metadata }) =>
        !gone.has(metadata.uid) && (metadata.ownerReferences ?? []).some(({ uid }) => gone.has(uid)),
    );
    for (const object of next) gone.add(object.metadata.uid);
    owned.push(...next);
    found = next.length > 0;
  }
  return owned;
}

/** Pods and what is made and deleted with them: they come and go all the time, and are not worth a line. */
export function isOfPods({ kind, metadata }: KubeObject): boolean {
  return (
    kind === 'Pod' ||
    kind === 'ReplicaSet' ||
    (metadata.ownerReferences ?? []).some((owner) => owner.kind === 'Pod')
  );
}
