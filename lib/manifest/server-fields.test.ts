import { withoutServerFields } from './server-fields';

test('what belongs to the API server is left out and named, and annotations of others stay', () => {
  const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';
  const object = {
    kind: 'Backstage',
    metadata: {
      name: 'hub',
      uid: '1',
      ownerReferences: [{ uid: '2' }],
      annotations: { [lastApplied]: '{}', team: 'portal' },
    },
    status: {},
  };
  expect(withoutServerFields(object)).toEqual({
    value: { kind: 'Backstage', metadata: { name: 'hub', annotations: { team: 'portal' } } },
    leftOut: ['status', 'metadata.ownerReferences', 'metadata.uid', `annotation ${lastApplied}`],
  });
});

test('where nothing but what kubectl applied is annotated, no annotations are left', () => {
  const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{}' };
  const object = { kind: 'Backstage', metadata: { name: 'hub', annotations } };
  expect(withoutServerFields(object).value).toEqual({ kind: 'Backstage', metadata: { name: 'hub' } });
});
