import type { KubeObject } from '../kubernetes/object';
import type { PlannedObject } from '../plan/planned-object';
import { noState } from '../state/rollout-state';
import type { Action } from '../event';
import { hasForm, settleForms } from './forms';

const item = (
  stageIndex: number,
  name: string,
  action: Action,
  isLive = action !== 'create',
): PlannedObject => {
  const object: KubeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } };
  return {
    object,
    manifest: { object, file: `0${stageIndex}00.yaml`, line: 1 },
    stage: `0${stageIndex}00`,
    stageIndex,
    action,
    live: isLive ? object : undefined,
  };
};

const settled = (plan: PlannedObject[], stages: Record<string, string> = {}) =>
  settleForms(plan, { ...noState, stages }).map(({ action, note }) => [action, note]);

test('in an empty namespace the later form changes what the earlier one created', () => {
  expect(settled([item(0, 'plugins', 'create'), item(1, 'plugins', 'create')])).toEqual([
    ['create', undefined],
    ['change', undefined],
  ]);
});

test('once the later stage was reached, the earlier form is left', () => {
  const plan = [item(0, 'plugins', 'change'), item(1, 'plugins', 'leave')];
  const left = [
    ['leave', '0100 has replaced it'],
    ['leave', undefined],
  ];
  expect(settled(plan, { 'ConfigMap/plugins': '0100' })).toEqual(left);
  expect(settled(plan)).toEqual(left);
});

test('a later form that somebody edited is put right by the later stage alone', () => {
  const plan = [item(0, 'plugins', 'change'), item(1, 'plugins', 'change')];
  expect(settled(plan, { 'ConfigMap/plugins': '0100' })).toEqual([
    ['leave', '0100 has replaced it'],
    ['change', undefined],
  ]);
});

test('after something of the earlier stage was deleted, the sequence starts again', () => {
  const plan = [item(0, 'hub', 'create'), item(0, 'plugins', 'change'), item(1, 'plugins', 'leave')];
  expect(settled(plan, { 'ConfigMap/plugins': '0100', 'ConfigMap/hub': '0000' })).toEqual([
    ['create', undefined],
    ['change', undefined],
    ['change', undefined],
  ]);
});

const objectWith = (more: object): KubeObject => ({
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
  expect(hasForm(objectWith(live), objectWith(manifest))).toBe(expected);
});
