import type { KubeObject, OwnerReference } from '../bundles/manifest';
import type { Api } from '../kubernetes/api';
import { referenceTo } from '../kubernetes/api';
import type { Client } from './clients';
import type { Kept } from './kept';
import { moveManager, ownersPutBack } from './managed-fields';
import { withAt, type Json } from './paths';
import { retried } from './start-clients';

/** The order in which objects are put back: first what others read, the operators' resources last. */
const first = ['Secret', 'ConfigMap', 'ServiceAccount', 'PersistentVolumeClaim', 'Service'];

/**
 * Puts everything back that the switch replaced, with all clients still at 0 pods. The source's Secret comes first:
 * where it is missing the operator would make another one, whose password does not open the old volume.
 */
export async function putBack(api: Api, kept: Kept): Promise<void> {
  await putSecretBack(api, kept);
  const clients = new Map(kept.clients.map((client) => [keyOf(client.object), client]));
  for (const object of [...kept.objects].sort((a, b) => rank(a) - rank(b))) {
    await retried(() => putObjectBack(api, object, clients.get(keyOf(object))));
  }
}

async function putSecretBack(api: Api, { secret }: Kept): Promise<void> {
  const live = await api.find(referenceTo(secret));
  if (live === undefined) {
    const owners = secret.metadata.ownerReferences ?? [];
    const present = await Promise.all(owners.map((owner) => exists(api, owner, secret.metadata.namespace)));
    const ownerReferences = owners.filter((_, index) => present[index]);
    await api.create(asNew({ ...secret, metadata: { ...secret.metadata, ownerReferences } }));
  } else if (JSON.stringify(live.data) !== JSON.stringify(secret.data)) {
    await retried(() => putObjectBack(api, secret, undefined));
  }
}

/** Kubernetes deletes what has an owner that does not exist. */
async function exists(
  api: Api,
  { apiVersion = 'v1', kind, name, uid }: OwnerReference,
  namespace: string | undefined,
): Promise<boolean> {
  return (await api.find({ apiVersion, kind, namespace, name }))?.metadata.uid === uid;
}

async function putObjectBack(api: Api, kept: KubeObject, client: Client | undefined): Promise<void> {
  const stopped = (client?.replicas ?? []).reduce<Json>(
    (all, { path }) => withAt(all, path, 0),
    kept,
  ) as KubeObject;
  const live = await api.find(referenceTo(kept));
  if (live === undefined) {
    await api.create(asNew(stopped));
    return;
  }
  const { resourceVersion, uid } = live.metadata;
  const { managedFields: former = [], ...metadata } = stopped.metadata;
  const written = await api.replace(
    { ...stopped, metadata: { ...metadata, uid, resourceVersion } },
    moveManager,
  );
  await api.merge(
    referenceTo(kept),
    {
      metadata: {
        resourceVersion: written.metadata.resourceVersion,
        managedFields: ownersPutBack(former, written.metadata.managedFields ?? []),
      },
    },
    moveManager,
  );
}

function asNew(object: KubeObject): KubeObject {
  const { uid: _uid, managedFields: _fields, ...metadata } = object.metadata;
  return { ...object, metadata };
}

function keyOf({ kind, metadata }: KubeObject): string {
  return `${kind}/${metadata.name}`;
}

function rank({ kind }: KubeObject): number {
  const index = first.indexOf(kind);
  return index < 0 ? first.length : index;
}
