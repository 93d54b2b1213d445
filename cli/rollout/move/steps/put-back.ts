import type { KubeObject } from '../../bundles/manifest';
import { type Api, referenceTo } from '../../kubernetes/api';
import type { Client } from '../clients/clients';
import { type Kept, asNew } from './kept';
import { giveAllOwnersBack } from '../../fields/field-owners';
import { moveManager } from '../../fields/managed-fields';
import { withAt, type Json } from '../../fields/paths';
import { putSecretBack } from './source-secret';
import { retried } from './start-clients';

/** The order in which objects are put back: first what others read, the operators' resources last. */
const first = ['Secret', 'ConfigMap', 'ServiceAccount', 'PersistentVolumeClaim', 'Service'];

/**
 * Puts everything back that the switch replaced, with all clients still at 0 pods. The source's Secret comes first:
 * where it is missing the operator would make another one, whose password does not open the old volume.
 */
export async function putBack(api: Api, kept: Kept): Promise<void> {
  await putSecretBack(api, kept.secret);
  const clients = new Map(kept.clients.map((client) => [keyOf(client.object), client]));
  for (const object of [...kept.objects].sort((a, b) => rank(a) - rank(b))) {
    await retried(() => putObjectBack(api, object, clients.get(keyOf(object))));
  }
}

async function putObjectBack(api: Api, kept: KubeObject, client: Client | undefined): Promise<void> {
  const stopped = (client?.replicas ?? []).reduce<Json>(
    (all, { path }) => withAt(all, path, 0),
    kept,
  ) as KubeObject;
  const live = await api.find(referenceTo(kept));
  const written = await (live === undefined
    ? api.create(asNew(stopped))
    : api.replace(inPlaceOf(live, stopped), moveManager));
  await giveAllOwnersBack(api, kept, written);
}

function inPlaceOf({ metadata: { uid, resourceVersion } }: KubeObject, object: KubeObject): KubeObject {
  const { managedFields: _fields, ...metadata } = object.metadata;
  return { ...object, metadata: { ...metadata, uid, resourceVersion } };
}

function keyOf({ kind, metadata }: KubeObject): string {
  return `${kind}/${metadata.name}`;
}

function rank({ kind }: KubeObject): number {
  const index = first.indexOf(kind);
  return index < 0 ? first.length : index;
}
