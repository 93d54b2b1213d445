import { strategicMerge } from './strategic-merge';

test('Items of a list are merged by name, and new ones go to its end', () => {
  const target = {
    containers: [{ name: 'backstage-backend', image: 'hub:1', env: [{ name: 'A', value: '1' }] }],
  };
  const patch = {
    containers: [
      { name: 'sidecar', image: 'sidecar:1' },
      { name: 'backstage-backend', env: [{ name: 'B', value: '2' }] },
    ],
  };
  expect(strategicMerge(target, patch)).toEqual({
    containers: [
      {
        name: 'backstage-backend',
        image: 'hub:1',
        env: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
      },
      { name: 'sidecar', image: 'sidecar:1' },
    ],
  });
});

test('An item with "$patch: replace" keeps nothing of the former, one with "$patch: delete" goes', () => {
  const target = {
    volumes: [
      { name: 'plugins', ephemeral: {} },
      { name: 'temp', emptyDir: {} },
    ],
  };
  const patch = {
    volumes: [
      { $patch: 'replace', name: 'plugins', persistentVolumeClaim: { claimName: 'root' } },
      { $patch: 'delete', name: 'temp' },
    ],
  };
  expect(strategicMerge(target, patch)).toEqual({
    volumes: [{ name: 'plugins', persistentVolumeClaim: { claimName: 'root' } }],
  });
});

test('A list without a merge key is replaced, and null removes a field', () => {
  expect(strategicMerge({ args: ['a'], replicas: 2 }, { args: ['b'], replicas: null })).toEqual({
    args: ['b'],
  });
});
