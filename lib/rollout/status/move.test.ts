import type { KubeObject } from '../bundles/manifest';
import { moveSteps } from './move';

const configMap = (data: Record<string, string>): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'cdk8s-rhdh-move' },
  data,
});

test('the steps are those of the ConfigMap, in its order', () => {
  const steps = [
    { step: 'keep', state: 'done', endedAt: '2026-01-31T22:30:00Z' },
    { step: 'fence', state: 'running', message: 'the hub goes down' },
  ];
  expect(moveSteps(configMap({ 'move.json': JSON.stringify({ steps }) }))).toEqual([
    { step: 'keep', state: 'done', message: undefined },
    { step: 'fence', state: 'running', message: 'the hub goes down' },
  ]);
});

test.each([
  ['there is none', undefined],
  ['it is empty', configMap({})],
  ['it is no JSON', configMap({ 'move.json': '{' })],
])('no steps are shown where %s', (_, object) => {
  expect(moveSteps(object)).toEqual([]);
});
