import type { KubeObject } from '../kubernetes/object';
import { failed, ready, waiting } from '../gates/gate';
import { ObjectSet } from '../gates/object-set';
import { assess } from './assess';

const deployment = (more: object = {}, fields: object = { 'f:spec': { 'f:replicas': {} } }): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'hub',
    namespace: 'rhdh',
    managedFields: [
      { manager: 'cdk8s-rhdh', operation: 'Apply', fieldsV1: fields as Record<string, unknown> },
      { manager: 'somebody', operation: 'Update', fieldsV1: { 'f:spec': { 'f:replicas': {} } } },
    ],
  },
  spec: { replicas: 1, selector: { matchLabels: { app: 'hub' } } },
  status: { observedGeneration: 1, updatedReplicas: 1, replicas: 1, availableReplicas: 1 },
  ...more,
});

const judge = (...live: KubeObject[]) =>
  assess([{ applied: deployment(), asked: deployment() }], new ObjectSet(live)).map(({ result }) => result);

test('what is there as it was applied is judged by its gate', () => {
  expect(judge(deployment())).toEqual([ready('1 of 1 pods are available')]);
});

test('what somebody deleted or changed while it was waited for has failed', () => {
  expect(judge()).toEqual([failed('somebody deleted Deployment/hub while it was waited for')]);
  expect(judge(deployment({}, {}))).toEqual([failed('somebody changed spec while it was waited for')]);
});

test('the trouble of its pods is told, and waiting for it is in vain without a change from outside', () => {
  const pod: KubeObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'hub-1', namespace: 'rhdh', labels: { app: 'hub' } },
    status: { containerStatuses: [{ name: 'main', state: { waiting: { reason: 'ImagePullBackOff' } } }] },
  };
  const starting = { status: { observedGeneration: 1, updatedReplicas: 1, replicas: 1 } };
  expect(judge(deployment(starting), pod)).toEqual([
    {
      done: false,
      successful: false,
      stuck: true,
      message: '0 of 1 pods are available; pod hub-1, container main: ImagePullBackOff',
    },
  ]);
});

test('a trouble that passes by itself is told, and waited for; one that does not counts for all', () => {
  const pod = (name: string, status: object): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'rhdh', labels: { app: 'hub' } },
    status,
  });
  const pending = pod('hub-1', {
    conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/3 nodes' }],
  });
  const crashing = pod('hub-2', {
    containerStatuses: [{ name: 'main', state: { waiting: { reason: 'CrashLoopBackOff' } } }],
  });
  const starting = deployment({ status: { observedGeneration: 1, updatedReplicas: 1, replicas: 1 } });
  expect(judge(starting, pending)).toEqual([
    waiting('0 of 1 pods are available; pod hub-1: Unschedulable: 0/3 nodes'),
  ]);
  expect(judge(starting, pending, crashing)).toMatchObject([{ done: false, stuck: true }]);
});

test('objects without a status are not waited for', () => {
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } };
  expect(assess([{ applied: configMap, asked: configMap }], new ObjectSet())).toEqual([]);
});
