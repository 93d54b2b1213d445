import type { KubeObject } from '../kubernetes/object';
import { diffOf } from './diff';

const configMap = (data: Record<string, string>): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'x' },
  data,
});

test('a difference is a unified diff of YAML with sorted keys', () => {
  const before = configMap({ a: '1', b: '2' });
  expect(diffOf(before, configMap({ b: '3', a: '1' }))).toBe(
    [
      '@@ -1,7 +1,7 @@',
      ' apiVersion: v1',
      ' data:',
      '   a: "1"',
      '-  b: "2"',
      '+  b: "3"',
      ' kind: ConfigMap',
      ' metadata:',
      '   name: x',
    ].join('\n'),
  );
});

test('a Secret shows that it differs, and no value', () => {
  const secret = (value: string): KubeObject => ({ ...configMap({ key: value }), kind: 'Secret' });
  const diff = diffOf(secret('c2VjcmV0'), secret('b3RoZXI='));
  expect(diff).toMatch(/-\s+key: "?\*\*\* \([0-9a-f]{6}\)/);
  expect(diff).toMatch(/\+\s+key: "?\*\*\* \([0-9a-f]{6}\)/);
  expect(diff).not.toMatch(/c2VjcmV0|b3RoZXI=/);
});

test('an object that is new is all added', () => {
  expect(
    diffOf(undefined, configMap({}))
      .split('\n')
      .slice(1)
      .every((line) => line.startsWith('+')),
  ).toBe(true);
});

test('texts that have little in common are not compared for minutes', () => {
  const text = (letter: string) =>
    Array.from({ length: 20_000 }, (_, line) => `${letter} ${line}\n`).join('');
  expect(diffOf(configMap({ text: text('a') }), configMap({ text: text('b') }))).toBe(
    'too much differs to be shown: 20006 lines in the cluster, 20006 in the bundle',
  );
});
