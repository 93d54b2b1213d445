import type { KubeObject } from '../kubernetes/object';
import { failed, ready, waiting, type Gate } from './gate';
import type { ObjectSet } from './object-set';

const defaultClass = 'storageclass.kubernetes.io/is-default-class';

/**
 * A claim is ready when it is bound, and also unbound where its storage class waits for the first pod
 * (`volumeBindingMode: WaitForFirstConsumer`): the pod's own gate covers the rest.
 */
export const persistentVolumeClaimGate: Gate = (object, objects) => {
  const phase: string = object.status?.phase ?? 'Pending';
  if (phase === 'Bound') return ready('bound');
  if (phase === 'Lost') return failed('its volume is lost');
  const storageClass = classOf(object, objects);
  if (storageClass?.volumeBindingMode === 'WaitForFirstConsumer') return ready('is bound with its first pod');
  return waiting('not bound to a volume yet');
};

function classOf(claim: KubeObject, objects: ObjectSet): KubeObject | undefined {
  const name: string | undefined = claim.spec.storageClassName;
  if (name !== undefined) return objects.get('StorageClass.storage.k8s.io', undefined, name);
  return objects
    .list('StorageClass.storage.k8s.io')
    .find(({ metadata }) => metadata.annotations?.[defaultClass] === 'true');
}
