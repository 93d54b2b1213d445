import type { KubeObject } from '../bundles/manifest';
import { isCarriedBy } from './carried';

const object = (more: object): KubeObject => ({
  apiVersion: 'v1',
  kind: 'X',
  metadata: { name: 'x' },
  ...more,
});

test.each([
  [
    'what the API server adds is no difference',
    { spec: { a: 1 } },
    { spec: { a: 1, b: 2 }, status: {} },
    true,
  ],
  ['another value is', { spec: { a: 1 } }, { spec: { a: 2 } }, false],
  ['a value that lacks is', { spec: { a: 1 } }, {}, false],
  ['items are compared one by one', { spec: [{ a: 1 }] }, { spec: [{ a: 1, b: 2 }] }, true],
  ['an item too many is a difference', { spec: [1] }, { spec: [1, 2] }, false],
  ['a key too many in data is a difference', { data: { a: '1' } }, { data: { a: '1', b: '2' } }, false],
  ['the same data is none', { data: { a: '1' } }, { data: { a: '1' } }, true],
])('%s', (_, manifest, live, expected) => {
  expect(isCarriedBy(object(manifest), object(live))).toBe(expected);
});
