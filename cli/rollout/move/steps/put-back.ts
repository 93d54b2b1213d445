import type { KubeObject } from '../../kubernetes/object';
import type { Api } from '../../kubernetes/api';
import { referenceTo } from '../../kubernetes/api';
import { retryOnConflict } from '../../kubernetes/retry-on-conflict';
import { untilItStays } from '../../wait/until-it-stays';
import type { Client } from '../clients/clients';
import type { Kept } from './kept';
import { giveAllOwnersBack } from '../../fields/field-owners';
import { asNew } from './kept';
import { withAt, type Json } from '../../fields/paths';
import { putSecretBack } from './source-secret';
import { moveManager } from '../../fields/managed-fields';
import { lastingWrite } from '../../wait/lasting-write';
import type { CommandOptions } from '../job/command-job';

/** The order in which objects are put back: first what others read, the operators' resources last. */
const first = ['Secret', 'ConfigMap', 'ServiceAccount', 'PersistentVolumeClaim', 'Service'];

/**
 * Puts everything back that the switch replaced, with all clients still at 0 pods. The source's Secret comes first:
 * where it is missing the operator would make another one, whose password does not open the old volume.
 */
export async function putBack(api: Api, kept: Kept, options: CommandOptions): Promise<void> {
  await putSecretBack(api, kept.secret);
  const clients = new Map(kept.clients.map((client) => [keyOf(client.object), client]));
  for (const object of [...kept.objects].sort((a, b) => rank(a) - rank(b))) {
    await putObjectBack(api, object, clients.get(keyOf(object)), options);
  }
}

async function putObjectBack(
  api: Api,
  kept: KubeObject,
  client: Client | undefined,
  options: CommandOptions,
): Promise<void> {
  const stopped = (client?.replicas ?? []).reduce<Json>(
    (all, { path }) => withAt(all, path, 0),
    kept,
  ) as KubeObject;
  if ((await api.find(referenceTo(kept))) === undefined) await api.create(asNew(stopped));
  const content = lastingWrite((live) => api.replace(inPlaceOf(live, stopped), moveManager));
  await untilItStays(api, referenceTo(kept), content, options);
  await retryOnConflict(async () => {
    const live = await api.find(referenceTo(kept));
    if (live !== undefined) await giveAllOwnersBack(api, kept, live);
  });
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
