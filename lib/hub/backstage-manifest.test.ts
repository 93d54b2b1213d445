import { BackstageManifest } from './backstage-manifest';

const manifest = (spec: object = {}) => new BackstageManifest({ metadata: { name: 'hub' }, spec });

test('a value is found by its path, and nothing where there is none', () => {
  const hub = manifest({ database: { enableLocalDb: true }, empty: null });
  expect([
    hub.get('spec.database.enableLocalDb'),
    hub.get('spec.empty.more'),
    hub.get('spec.none.more'),
  ]).toEqual([true, undefined, undefined]);
});

test('a value is set where it belongs, and the objects on the way are made', () => {
  const hub = manifest({ database: null, monitoring: { enabled: true } });
  hub.set('spec.database.enableLocalDb', false);
  hub.set('kind', 'Backstage');
  hub.set('spec.monitoring', undefined);
  expect(hub.json).toEqual({
    metadata: { name: 'hub' },
    spec: { database: { enableLocalDb: false }, monitoring: { enabled: true } },
    kind: 'Backstage',
  });
});

test('an element is appended as a copy, and a list is made where there is none', () => {
  const hub = manifest({ list: [1] });
  const element = { name: 'a', nothing: undefined };
  hub.append('spec.list', 2);
  hub.append('spec.new', element);
  element.name = 'changed';
  expect(hub.json.spec).toEqual({ list: [1, 2], new: [{ name: 'a' }] });
});

test('an element of a name takes the place of the one that has it, or is appended', () => {
  const hub = manifest({
    envs: [
      { name: 'a', value: '1' },
      { name: 'b', value: '2' },
    ],
  });
  hub.put('spec.envs', { name: 'a', value: '3' } as { name: string });
  hub.put('spec.envs', { name: 'c' });
  expect(hub.list('spec.envs')).toEqual([
    { name: 'a', value: '3' },
    { name: 'b', value: '2' },
    { name: 'c' },
  ]);
});

test('a list that is none is empty', () => {
  expect([manifest({ list: 'text' }).list('spec.list'), manifest().list('spec.none')]).toEqual([[], []]);
});

test.each([
  ['spec.flavours', true],
  ['spec.flavours[].name', true],
  ['spec.flavours[].enabled', true],
  ['spec.flavours[].more', false],
  ['spec.flavours.name', false],
  ['spec.monitoring', false],
  ['spec.monitoring[].name', false],
  ['spec.nothing', true],
])('field %s is there: %s', (path, isThere) => {
  expect(
    manifest({ flavours: [{ name: 'a' }, { name: 'b', enabled: false }], nothing: null }).has(path),
  ).toBe(isThere);
});
