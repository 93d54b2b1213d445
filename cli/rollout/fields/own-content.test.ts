import type { KubeObject } from '../kubernetes/object';
import { ownContent } from './own-content';

const object = (fieldsV1: Record<string, unknown>, manager = 'cdk8s-rhdh'): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Thing',
  metadata: { name: 'x', managedFields: [{ manager, operation: 'Apply', fieldsV1 }] },
  spec: {
    replicas: 2,
    patch: { spec: { replicas: 3, other: 1 } },
    containers: [
      { name: 'a', image: 'x', env: ['one'] },
      { name: 'b', image: 'y' },
    ],
    finalizers: ['one', 'two'],
    empty: {},
  },
});

test('owned fields come with their values, the others stay away', () => {
  const fields = { 'f:spec': { 'f:patch': { 'f:spec': { '.': {}, 'f:replicas': {} } } } };
  expect(ownContent(object(fields))).toEqual({ spec: { patch: { spec: { replicas: 3 } } } });
});

test('elements of lists are found by their keys or their value, and lists that are owned whole come whole', () => {
  const fields = {
    'f:spec': {
      'f:containers': { 'k:{"name":"a"}': { '.': {}, 'f:name': {}, 'f:env': {} } },
      'f:finalizers': { 'v:"two"': {} },
    },
  };
  expect(ownContent(object(fields))).toEqual({
    spec: { containers: [{ name: 'a', env: ['one'] }], finalizers: ['two'] },
  });
});

test('an owned map without owned fields comes empty, and what is gone is left out', () => {
  const fields = { 'f:spec': { 'f:empty': { '.': {} }, 'f:gone': {} } };
  expect(ownContent(object(fields))).toEqual({ spec: { empty: {} } });
});

test('what others applied is not ours', () => {
  expect(ownContent(object({ 'f:spec': { 'f:replicas': {} } }, 'kubectl'))).toEqual({});
});
