import type { KubeObject } from '../bundles/manifest';
import type { PlannedObject } from './planned-object';
import { noState } from '../state/rollout-state';
import type { Action } from '../event';
import { settleSuperseded } from './superseded';

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
  settleSuperseded(plan, { ...noState, stages }).map(({ action, note }) => [action, note]);

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
