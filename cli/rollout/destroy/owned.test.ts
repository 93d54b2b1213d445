import type { KubeObject } from '../kubernetes/object';
import { isOfPods, ownedBy } from './owned';

const object = (kind: string, name: string, ...owners: KubeObject[]): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: {
    name,
    uid: `uid of ${kind}/${name}`,
    ownerReferences: owners.map((owner) => ({
      kind: owner.kind,
      name: owner.metadata.name,
      uid: owner.metadata.uid as string,
    })),
  },
});

const hub = object('Backstage', 'hub');
const deployment = object('Deployment', 'backstage-hub', hub);
const replicaSet = object('ReplicaSet', 'backstage-hub-1', deployment);
const pod = object('Pod', 'backstage-hub-1-a', replicaSet);
const claim = object('PersistentVolumeClaim', 'backstage-hub-1-a-plugins', pod);
const other = object('Deployment', 'other', object('Backstage', 'other'));

test('what is owned goes with its owner, down to the last', () => {
  expect(ownedBy([hub], [claim, pod, other, replicaSet, deployment, hub])).toEqual([
    deployment,
    replicaSet,
    pod,
    claim,
  ]);
});

test('an owner of the same name that was made anew owns nothing of the former', () => {
  const anew = { ...hub, metadata: { ...hub.metadata, uid: 'another uid' } };
  expect(ownedBy([anew], [deployment])).toEqual([]);
});

test('objects that own each other come to an end', () => {
  const one = object('Job', 'one', object('Job', 'two'));
  const two = object('Job', 'two', one);
  expect(ownedBy([one], [one, two])).toEqual([two]);
});

test('pods, their ReplicaSets and what goes with them come and go', () => {
  expect([hub, deployment, replicaSet, pod, claim].map(isOfPods)).toEqual([false, false, true, true, true]);
});
