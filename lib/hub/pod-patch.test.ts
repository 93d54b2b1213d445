import { k8s } from 'cdk8s-plus-28';
import { ContainerPatch, type PodPatch, podPatchJson, StrategyPatch, VolumePatch } from './pod-patch';

test('a container is merged, replaced or removed by its name', () => {
  const container = { name: 'proxy', image: 'proxy:1', env: [{ name: 'A', value: 'b' }] };
  expect(ContainerPatch.merge(container).toJson()).toEqual(container);
  expect(ContainerPatch.replace(container).toJson()).toEqual({ $patch: 'replace', ...container });
  expect(ContainerPatch.remove('proxy').toJson()).toEqual({ $patch: 'delete', name: 'proxy' });
  expect(ContainerPatch.remove('proxy').name).toBe('proxy');
});

test('a volume is merged, replaced or removed by its name', () => {
  const volume = { name: 'data', emptyDir: { sizeLimit: k8s.Quantity.fromString('1Gi') } };
  expect(VolumePatch.merge(volume).toJson()).toEqual({ name: 'data', emptyDir: { sizeLimit: '1Gi' } });
  expect(VolumePatch.replace(volume).toJson()).toEqual({
    $patch: 'replace',
    name: 'data',
    emptyDir: { sizeLimit: '1Gi' },
  });
  expect(VolumePatch.remove('data').toJson()).toEqual({ $patch: 'delete', name: 'data' });
});

test('the strategy drops what the other kind of strategy has', () => {
  expect(StrategyPatch.recreate().toJson()).toEqual({
    type: 'Recreate',
    rollingUpdate: { $patch: 'delete' },
  });
  expect(StrategyPatch.rollingUpdate().toJson()).toEqual({ type: 'RollingUpdate', rollingUpdate: {} });
  expect(StrategyPatch.rollingUpdate({ maxSurge: k8s.IntOrString.fromString('25%') }).toJson()).toEqual({
    type: 'RollingUpdate',
    rollingUpdate: { maxSurge: '25%' },
  });
});

test('every property that is no list of named elements is in the patch', () => {
  const pod: Required<Omit<PodPatch, 'containers' | 'initContainers' | 'volumes'>> = {
    nodeSelector: { disk: 'ssd' },
    tolerations: [{ key: 'hub', operator: 'Exists' }],
    affinity: { podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } },
    labels: { team: 'platform' },
    annotations: { note: 'text' },
    strategy: StrategyPatch.recreate(),
  };
  expect(podPatchJson(pod)).toEqual({
    spec: { strategy: { type: 'Recreate', rollingUpdate: { $patch: 'delete' } } },
    template: {
      metadata: { labels: { team: 'platform' }, annotations: { note: 'text' } },
      spec: {
        nodeSelector: { disk: 'ssd' },
        tolerations: [{ key: 'hub', operator: 'Exists' }],
        affinity: { podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } },
      },
    },
  });
});

test('an empty patch changes nothing', () => {
  expect(podPatchJson({})).toEqual({ spec: {}, template: { spec: {} } });
});
