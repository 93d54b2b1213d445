import type { KubeObject } from '../kubernetes/object';
import { ApiError, type ErrorCause } from '../kubernetes/api-error';
import type { RolloutObject } from '../stages/rollout-stage';
import { problemOfRefusal } from './refusal';

const item = (apiVersion: string, kind: string): RolloutObject => {
  const object: KubeObject = { apiVersion, kind, metadata: { name: 'x', namespace: 'rhdh' } };
  return { object, manifest: { object, file: '0000-x.yaml', line: 7 }, stage: '0000-x', stageIndex: 0 };
};

const problem = (
  apiVersion: string,
  kind: string,
  status: number,
  message: string,
  causes: ErrorCause[] = [],
) => {
  const error = new ApiError(status, '', message, causes);
  const { rule, where, message: text, advice } = problemOfRefusal(error, item(apiVersion, kind));
  expect(where).toBe('0000-x.yaml:7');
  return [rule, text, advice];
};

test('fields of other managers are named with their owners and both ways out', () => {
  const cause = { reason: 'FieldManagerConflict', message: 'conflict with "helm"', field: '.data.key' };
  expect(problem('v1', 'ConfigMap', 409, 'conflict', [cause])).toEqual([
    'field-conflict',
    'ConfigMap/x: other managers own fields with other values: .data.key ("helm")',
    'Take their values over into the bundle, or take the fields with --force-conflicts.',
  ]);
});

test.each([
  [
    'apps/v1',
    'StatefulSet',
    'Undo the change, or delete the StatefulSet alone, which keeps its pods and volumes, and apply again: oc delete statefulset x -n rhdh --cascade=orphan',
  ],
  [
    'v1',
    'PersistentVolumeClaim',
    'Undo the change: a claim can only grow. For another storage class, make a claim of another name.',
  ],
  ['batch/v1', 'Job', 'Wait until it ended, or delete it: oc delete job x -n rhdh'],
  ['apps/v1', 'Deployment', 'Undo the change, or delete it first: oc delete deployment.apps x -n rhdh'],
])('a change of %s %s that Kubernetes forbids has a way out', (apiVersion, kind, advice) => {
  const message = 'updates to statefulset spec for fields other than replicas are forbidden';
  expect(problem(apiVersion, kind, 422, message)).toEqual([
    'immutable-field',
    `${kind}/x exists and cannot be changed like this: ${message}`,
    advice,
  ]);
});

test('what admission refuses, and what is not valid, is told in the words of the API server', () => {
  expect(problem('v1', 'Pod', 403, 'violates PodSecurity')).toEqual([
    'admission',
    'Pod/x is not admitted: violates PodSecurity',
    undefined,
  ]);
  expect(problem('v1', 'Pod', 400, 'unknown field "spec.x"')).toEqual([
    'invalid-object',
    'Pod/x is not valid: unknown field "spec.x"',
    undefined,
  ]);
});
