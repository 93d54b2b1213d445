import type { KubeObject } from '../kubernetes/object';
import { ready, waiting } from './gate';
import { ObjectSet } from './object-set';
import { gateFor, isPassive, judge } from './table';

const object = (apiVersion: string, kind: string, more: object = {}): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name: 'x' },
  ...more,
});

test('a kind is known by its group, whatever its version', () => {
  expect(gateFor(object('rhdh.redhat.com/v1alpha3', 'Backstage'))).toBe(
    gateFor(object('rhdh.redhat.com/v1alpha5', 'Backstage')),
  );
  expect(gateFor(object('example.com/v1', 'Backstage')).reads).toEqual([]);
});

test('objects without a status are ready once they exist', () => {
  expect(isPassive(object('v1', 'ConfigMap'))).toBe(true);
  expect(isPassive(object('example.com/v1', 'ConfigMap'))).toBe(false);
  expect(judge(object('v1', 'Secret'), new ObjectSet())).toEqual(ready());
});

test('a kind without a gate of its own is judged by the conventions', () => {
  const status = { conditions: [{ type: 'Ready', status: 'False', reason: 'Starting' }] };
  expect(judge(object('example.com/v1', 'Thing', { status }), new ObjectSet())).toEqual(waiting('Starting'));
});
