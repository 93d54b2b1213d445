import { Size } from 'cdk8s';
import { objectOf, problemsOf, stageOf } from '../../test/unit/stage';
import { ClaimAccess, DynamicPluginsRoot, type DynamicPluginsRootProps } from './dynamic-plugins-root';

test('every property reaches the claim', () => {
  const props: Required<DynamicPluginsRootProps> = {
    name: 'plugins',
    size: Size.gibibytes(20),
    access: ClaimAccess.READ_WRITE_ONCE,
    storageClassName: 'fast',
    onOneNode: true,
  };
  const stage = stageOf();
  const root = new DynamicPluginsRoot(stage, 'root', props);
  expect(objectOf(stage, 'PersistentVolumeClaim')).toEqual({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'plugins', namespace: 'rhdh' },
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'fast',
      resources: { requests: { storage: '20Gi' } },
    },
  });
  expect([root.claimName, root.maxReplicas]).toEqual(['plugins', Infinity]);
  expect(problemsOf(stage)).toEqual([]);
});

test('it is the claim of the lab unless said otherwise, for one pod', () => {
  const stage = stageOf();
  const root = new DynamicPluginsRoot(stage, 'root');
  const { metadata, spec } = objectOf(stage, 'PersistentVolumeClaim');
  expect(metadata.name).toBe('dynamic-plugins-root');
  expect(spec).toEqual({ accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '5Gi' } } });
  expect(root.maxReplicas).toBe(1);
});

test.each([
  [ClaimAccess.READ_WRITE_ONCE, false, 1],
  [ClaimAccess.READ_WRITE_ONCE, true, Infinity],
  [ClaimAccess.READ_WRITE_ONCE_POD, true, 1],
  [ClaimAccess.READ_WRITE_MANY, false, Infinity],
])(
  'a claim with access %s, all pods on one node: %s, can be mounted by %d pods',
  (access, onOneNode, pods) => {
    expect(new DynamicPluginsRoot(stageOf(), 'root', { access, onOneNode }).maxReplicas).toBe(pods);
  },
);

test('an existing claim is named with its access', () => {
  expect(DynamicPluginsRoot.fromClaimName('mine', ClaimAccess.READ_WRITE_MANY)).toEqual({
    claimName: 'mine',
    maxReplicas: Infinity,
  });
});
