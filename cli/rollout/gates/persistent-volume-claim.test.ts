import { parse } from 'yaml';
import type { KubeObject } from '../kubernetes/object';
import { failed, ready, waiting } from './gate';
import { ObjectSet } from './object-set';
import { persistentVolumeClaimGate } from './persistent-volume-claim';

const claim = (status: string, spec = '{}') =>
  parse(`
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: rhdh }
spec: ${spec}
status: ${status}
`) as KubeObject;

const storageClass = (name: string, mode: string, isDefault: boolean) =>
  parse(`
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: ${name}, annotations: { storageclass.kubernetes.io/is-default-class: "${isDefault}" } }
volumeBindingMode: ${mode}
`) as KubeObject;

const classes = new ObjectSet([
  storageClass('at-once', 'Immediate', false),
  storageClass('with-pod', 'WaitForFirstConsumer', true),
]);

test.each([
  ['{ phase: Bound }', '{}', ready('bound')],
  ['{ phase: Lost }', '{}', failed('its volume is lost')],
  ['{ phase: Pending }', '{ storageClassName: at-once }', waiting('not bound to a volume yet')],
  ['{ phase: Pending }', '{ storageClassName: with-pod }', ready('is bound with its first pod')],
  ['{ phase: Pending }', '{ storageClassName: unknown }', waiting('not bound to a volume yet')],
  ['{}', '{}', ready('is bound with its first pod')],
])('a claim with status %s and spec %s', (status, spec, result) => {
  expect(persistentVolumeClaimGate(claim(status, spec), classes)).toEqual(result);
});

test('where storage classes cannot be read, an unbound claim waits', () => {
  expect(persistentVolumeClaimGate(claim('{ phase: Pending }'), new ObjectSet())).toEqual(
    waiting('not bound to a volume yet'),
  );
});
