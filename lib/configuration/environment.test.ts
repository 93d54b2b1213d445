import { Environment, type PodContainer } from './environment';
import { unknownText } from './known-text';

const environmentOf = (container: Omit<PodContainer, 'name'>) =>
  new Environment({ name: 'one', ...container }, { of: () => undefined }, () => []);

test('a value refers to what was set before it, and a doubled dollar sign stands for one', () => {
  const env = [
    { name: 'HOST', value: 'db' },
    { name: 'URL', value: 'postgres://$(HOST):$(PORT)/$$(HOST)' },
    { name: 'PORT', value: '5432' },
  ];
  expect(environmentOf({ env }).get('URL')).toBe('postgres://db:$(PORT)/$(HOST)');
});

test('what is written stays known where another source may write over it', () => {
  const environment = new Environment(
    { name: 'one', envFrom: [{ configMapRef: { name: 'all' } }, { secretRef: { name: 'more' } }] },
    { of: (kind) => (kind === 'ConfigMap' ? { A: 'a' } : undefined) },
    () => [],
  );
  expect(environment.get('A')).toBe(unknownText({ kind: 'variable', name: 'A', key: 'Secret more' }));
  expect(environment.written('A')).toBe('a');
  expect(environment.written('B')).toBeUndefined();
});

test('keys of what is not known are not known', () => {
  const env = [
    { name: 'A', valueFrom: { configMapKeyRef: { name: 'names', key: 'a' } } },
    { name: 'B', valueFrom: { secretKeyRef: { name: 'login', key: 'b' } } },
    { name: 'C', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } as object },
  ];
  const environment = environmentOf({ env, envFrom: [{ secretRef: { name: 'more' } }] });
  expect(['A', 'B', 'C', 'D'].map((name) => environment.get(name))).toEqual([
    unknownText({ kind: 'ConfigMap', name: 'names', key: 'a' }),
    unknownText({ kind: 'Secret', name: 'login', key: 'b' }),
    unknownText({ kind: 'variable', name: 'of the pod', key: 'Kubernetes' }),
    unknownText({ kind: 'variable', name: 'D', key: 'Secret more' }),
  ]);
});
