import type { KubeObject, OwnerReference } from '../../kubernetes/object';
import { referenceTo, type Api } from '../../kubernetes/api';
import { isNotFound } from '../../kubernetes/api-error';
import { giveAllOwnersBack } from '../../fields/field-owners';
import { asNew } from './kept';
import { retryOnConflict } from '../../kubernetes/retry-on-conflict';

/**
 * Makes the source's Secret the former one: missing it is created, and another one, which the operator made when it
 * found none, makes room.
 *
 * @returns whether it was not the former one
 */
export async function putSecretBack(api: Api, secret: KubeObject): Promise<boolean> {
  return retryOnConflict(async () => {
    const live = await api.find(referenceTo(secret));
    if (live !== undefined && JSON.stringify(live.data) === JSON.stringify(secret.data)) return false;
    if (live !== undefined) {
      await api.delete(referenceTo(secret), { preconditions: { uid: live.metadata.uid } });
    }
    const owners = secret.metadata.ownerReferences ?? [];
    const present = await Promise.all(owners.map((owner) => exists(api, owner, secret.metadata.namespace)));
    const ownerReferences = owners.filter((_, index) => present[index]);
    const metadata = { ...secret.metadata, ownerReferences };
    const written = await api.create(asNew({ ...secret, metadata }));
    await giveAllOwnersBack(api, secret, written).catch((error: unknown) => {
      // The operator was faster, and has deleted it: it is looked at again when the database runs.
      if (!isNotFound(error)) throw error;
    });
    return true;
  });
}

/** Kubernetes deletes what has an owner that does not exist. */
async function exists(
  api: Api,
  { apiVersion = 'v1', kind, name, uid }: OwnerReference,
  namespace: string | undefined,
): Promise<boolean> {
  return (await api.find({ apiVersion, kind, namespace, name }))?.metadata.uid === uid;
}

/**
 * Ends the pod of the source where it may have started with another Secret than the present one.
 *
 * @param wasAnother whether the Secret was another one a moment ago
 * @returns the pod that was ended
 */
export async function restartWithSecret(
  api: Api,
  secret: KubeObject,
  pod: string,
  wasAnother: boolean,
): Promise<string | undefined> {
  const { namespace } = secret.metadata;
  const running = await api.find({ apiVersion: 'v1', kind: 'Pod', namespace, name: pod });
  const present = await api.find(referenceTo(secret));
  const { uid, creationTimestamp: started } = running?.metadata ?? {};
  if (uid === undefined || started === undefined) return undefined;
  const made = present?.metadata.creationTimestamp ?? '';
  if (!wasAnother && made <= started) return undefined;
  await api.delete({ apiVersion: 'v1', kind: 'Pod', namespace, name: pod }, { preconditions: { uid } });
  return uid;
}
