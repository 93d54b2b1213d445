import { parseAllDocuments } from 'yaml';
import { digestOf } from '../state/digest';
import { noState } from '../state/rollout-state';
import { objectKey, type KubeObject } from '../kubernetes/object';
import { ObjectSet } from '../gates/object-set';
import type { RolloutObject, RolloutStage } from '../stages/rollout-stage';
import { statusOf } from './status';

const objectsOf = (text: string) => parseAllDocuments(text).map((document) => document.toJS() as KubeObject);

function stagesOf(...texts: string[]): RolloutStage[] {
  return texts.map((text, index) => {
    const name = `0${index}00-stage`;
    const objects = objectsOf(text).map((object): RolloutObject => {
      return { manifest: { object, file: `${name}.yaml`, line: 1 }, object, stage: name, stageIndex: index };
    });
    return { name, index, bundle: { stage: name, file: `${name}.yaml`, manifests: [] }, objects };
  });
}

const plugins = (value: string) => `
apiVersion: v1
kind: ConfigMap
metadata: { name: plugins, namespace: rhdh }
data: { list: ${value} }
`;

const job = `
apiVersion: batch/v1
kind: Job
metadata: { name: create, namespace: rhdh }
spec: { ttlSecondsAfterFinished: 60 }
`;

test('what is not in the cluster is missing, and its stage is not ready', () => {
  expect(statusOf(stagesOf(plugins('early')), new ObjectSet(), noState)).toEqual([
    {
      stage: '0000-stage',
      ready: false,
      objects: [
        {
          object: 'ConfigMap/plugins',
          namespace: 'rhdh',
          standing: 'missing',
          message: 'it does not exist',
        },
      ],
    },
  ]);
});

test('of an object that two stages carry, the earlier form is ready and the later one is missing until it is applied', () => {
  const stages = stagesOf(plugins('early'), plugins('late'));
  const standings = (live: string) =>
    statusOf(stages, new ObjectSet(objectsOf(plugins(live))), noState).map(({ ready, objects: [object] }) => [
      ready,
      object?.standing,
      object?.message,
    ]);
  expect(standings('early')).toEqual([
    [true, 'ready', 'ready'],
    [false, 'missing', 'it still has the form of 0000-stage'],
  ]);
  expect(standings('late')).toEqual([
    [true, 'replaced', '0100-stage has replaced it'],
    [true, 'ready', 'ready'],
  ]);
});

test('an object that somebody edited has the form that the rollout remembers', () => {
  const stages = stagesOf(plugins('early'), plugins('late'));
  const live = new ObjectSet(objectsOf(plugins('edited')));
  const state = { ...noState, stages: { 'ConfigMap/rhdh/plugins': '0100-stage' } };
  expect(statusOf(stages, live, state).map(({ objects: [object] }) => object?.standing)).toEqual([
    'replaced',
    'ready',
  ]);
  expect(statusOf(stages, live, noState).map(({ objects: [object] }) => object?.standing)).toEqual([
    'ready',
    'missing',
  ]);
});

test('a Job that completed and that Kubernetes deleted is ready, if it is the same Job', () => {
  const stages = stagesOf(job);
  const [object] = objectsOf(job) as [KubeObject];
  const state = { ...noState, completedJobs: { [objectKey(object)]: digestOf(object) } };
  const standing = (remembered: typeof state) => statusOf(stages, new ObjectSet(), remembered)[0]?.objects[0];
  expect(standing(state)).toMatchObject({
    standing: 'ready',
    message: 'completed, and deleted since by Kubernetes',
  });
  expect(standing({ ...state, completedJobs: { [objectKey(object)]: 'other' } })).toMatchObject({
    standing: 'missing',
    message: 'it does not exist; if it completed, Kubernetes has deleted it since',
  });
});

test('a Job that failed has failed, one that runs is waited for', () => {
  const [bare] = objectsOf(job) as [KubeObject];
  const standing = (status: object) =>
    statusOf(stagesOf(job), new ObjectSet([{ ...bare, status }]), noState)[0]?.objects[0];
  expect(standing({ active: 1 })).toMatchObject({ standing: 'waiting', message: 'its pod runs' });
  expect(
    standing({ conditions: [{ type: 'Failed', status: 'True', reason: 'DeadlineExceeded' }] }),
  ).toMatchObject({
    standing: 'failed',
    message: 'DeadlineExceeded',
  });
});

test('an object whose kind the API server does not know is missing', () => {
  const stages = stagesOf(job);
  expect(statusOf(stages, new ObjectSet(), noState, () => false)[0]?.objects[0]).toMatchObject({
    standing: 'missing',
    message: 'the API server does not know batch/v1 Job',
  });
});
