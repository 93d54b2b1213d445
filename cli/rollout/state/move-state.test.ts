import type { KubeObject } from '../kubernetes/object';
import { moveName, parseMove, standingOf, withRecord, type MoveState, type StepRecord } from './move-state';

const started = '2024-01-01T00:00:00.000Z';
const record = (step: StepRecord['step'], state: StepRecord['state'] = 'done'): StepRecord => ({
  step,
  state,
  started,
});
const move = (...steps: StepRecord[]): MoveState => ({ hub: 'developer-hub', steps });
const configMap = (text: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: moveName, namespace: 'rhdh' },
  data: { 'move.json': text },
});

test.each([
  ['nothing was begun', move(), 'prepared'],
  ['both servers were asked', move(record('target'), record('preflight')), 'prepared'],
  ['the hub is being stopped', move(record('stop', 'running')), 'stopped'],
  ['the copy failed and nothing was undone yet', move(record('stop'), record('copy', 'failed')), 'stopped'],
  [
    'the copy failed and the hub runs again',
    move(record('stop', 'undone'), record('copy', 'undone')),
    'prepared',
  ],
  ['the switch is under way', move(record('stop'), record('switch', 'running')), 'switched'],
  ['the switch failed', move(record('stop'), record('switch', 'failed')), 'switched'],
  ['the switch is being undone', move(record('switch', 'undoing'), record('check', 'undone')), 'switched'],
  ['the hub is being started again', move(record('stop', 'undoing'), record('copy', 'undone')), 'stopped'],
  ['the check failed', move(record('switch'), record('check', 'failed')), 'switched'],
  ['everything is checked', move(record('switch'), record('check')), 'moved'],
  [
    'the switch is undone and the hub not started yet',
    move(record('stop'), record('switch', 'undone')),
    'stopped',
  ],
] as const)('when %s, the move stands so', (_, state, standing) => {
  expect(standingOf(state)).toBe(standing);
});

test('steps stay in their sequence, whichever is recorded last, and each has one record', () => {
  const state = withRecord(move(record('keep'), record('copy', 'running')), record('stop'));
  expect(withRecord(state, record('copy')).steps).toEqual([record('keep'), record('stop'), record('copy')]);
});

test('a namespace without the ConfigMap has no move', () => {
  expect(parseMove(undefined)).toBeUndefined();
});

test('what is written is read', () => {
  const state = move(record('target'));
  expect(parseMove(configMap(JSON.stringify(state)))).toEqual(state);
});

test.each([
  ['text', 'x'],
  ['something else', '{"steps": []}'],
  ['a step that nobody knows', JSON.stringify({ hub: 'x', steps: [{ step: 'dance' }] })],
])('a ConfigMap with %s is refused, with what to do', (_, text) => {
  expect(() => parseMove(configMap(text))).toThrow(
    'ConfigMap/cdk8s-rhdh-move in the namespace rhdh is damaged, so nobody knows how far the move is. ' +
      'Put it back from a backup of the cluster; as long as the hub was not stopped, delete it.',
  );
});
