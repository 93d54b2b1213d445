import type { KubeObject } from '../kubernetes/object';
import { lostFields, ownersOf, ownFields } from './own-fields';

const object: KubeObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name: 'x',
    managedFields: [
      { manager: 'cdk8s-rhdh', operation: 'Update', fieldsV1: { 'f:old': {} } },
      { manager: 'cdk8s-rhdh', operation: 'Apply', subresource: 'status', fieldsV1: { 'f:status': {} } },
      { manager: 'cdk8s-rhdh', operation: 'Apply', fieldsV1: { 'f:spec': { 'f:replicas': {} } } },
      { manager: 'somebody', operation: 'Update', fieldsV1: { 'f:spec': { '.': {}, 'f:paused': {} } } },
    ],
  },
};

test('own fields are those that this tool has applied, not those that it updated or of the status', () => {
  expect(ownFields(object)).toEqual({ 'f:spec': { 'f:replicas': {} } });
  expect(ownFields({ ...object, metadata: { name: 'x' } })).toEqual({});
});

test('lost fields are written as people write them', () => {
  const before = { 'f:spec': { '.': {}, 'f:replicas': {}, 'k:{"name":"main"}': { 'f:image': {} } } };
  expect(lostFields(before, { 'f:spec': { 'f:replicas': {} } })).toEqual(['spec.[{"name":"main"}]']);
  expect(lostFields(before, {})).toEqual(['spec']);
  expect(lostFields(before, before)).toEqual([]);
});

test('the owners of a field are all others that have it', () => {
  expect(ownersOf(object, ['spec.paused'])).toEqual(['somebody']);
  expect(ownersOf(object, ['spec.replicas'])).toEqual([]);
});
