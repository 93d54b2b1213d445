import { combined, patched } from './strategic-merge';

const pod = {
  containers: [
    { name: 'backend', image: 'a', env: [{ name: 'A', value: '1' }], args: ['x'] },
    { name: 'sidecar', image: 'b' },
  ],
  volumes: [{ name: 'data', emptyDir: {} }],
};

test('an element of a list is merged into that of its key, others are added, and lists without keys are replaced', () => {
  const patch = {
    containers: [
      { name: 'backend', args: ['y'], env: [{ name: 'B', value: '2' }] },
      { name: 'proxy', image: 'c' },
    ],
  };
  expect(patched(pod, patch).containers).toEqual([
    {
      name: 'backend',
      image: 'a',
      args: ['y'],
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
      ],
    },
    { name: 'sidecar', image: 'b' },
    { name: 'proxy', image: 'c' },
  ]);
});

test('null removes a field, and directives delete or replace an element, a map or a list', () => {
  expect(patched({ a: { b: 1, c: 2 } }, { a: { b: null } })).toEqual({ a: { c: 2 } });
  expect(patched(pod, { containers: [{ name: 'sidecar', $patch: 'delete' }] }).containers).toHaveLength(1);
  expect(
    patched(pod, { containers: [{ name: 'backend', $patch: 'replace', image: 'z' }] }).containers[0],
  ).toEqual({
    name: 'backend',
    image: 'z',
  });
  expect(patched(pod, { volumes: [{ $patch: 'replace' }, { name: 'x', emptyDir: {} }] }).volumes).toEqual([
    { name: 'x', emptyDir: {} },
  ]);
  expect(patched(pod, { volumes: [{ $patch: 'delete' }] }).volumes).toBeUndefined();
  expect(patched({ a: { b: 1 } }, { a: { $patch: 'delete' } })).toEqual({});
});

test('directives that the operator does not know are no fields of the pod', () => {
  const patch = {
    $retainKeys: ['x'],
    '$setElementOrder/containers': [{ name: 'backend' }],
    hostNetwork: true,
  };
  expect(patched({}, patch)).toEqual({ hostNetwork: true });
});

test('two patches become one that does what both would do', () => {
  expect(combined({ a: { $patch: 'delete' } }, { a: { b: 1 } })).toEqual({ a: { $patch: 'replace', b: 1 } });
  expect(combined({ volumes: [{ $patch: 'delete' }] }, { volumes: [{ name: 'x' }] })).toEqual({
    volumes: [{ $patch: 'replace' }, { name: 'x' }],
  });
  expect(
    combined({ volumes: [{ $patch: 'replace' }, { name: 'x', a: 1 }] }, { volumes: [{ name: 'x', b: 2 }] }),
  ).toEqual({
    volumes: [{ $patch: 'replace' }, { name: 'x', a: 1, b: 2 }],
  });
  expect(combined(1, { a: 1 })).toEqual({ $patch: 'replace', a: 1 });
  expect(combined({ a: 1 }, undefined)).toEqual({ a: 1 });
});
