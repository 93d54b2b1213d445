import type { RolloutEvent } from '../event';
import { tellPlan, type PlanLine } from './tell-plan';

const line = (name: string, more: Pick<PlanLine, 'action' | 'note' | 'diff'>): PlanLine => ({
  object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'rhdh' } },
  ...more,
});

test('a plan is told stage by stage, with a count at its end', () => {
  const events: RolloutEvent[] = [];
  tellPlan(
    [
      {
        stage: '0000-x',
        lines: [line('a', { action: 'create' }), line('b', { action: 'leave', note: 'why' })],
      },
      {
        stage: '0100-y',
        lines: [line('c', { action: 'create' }), line('a', { action: 'change', diff: '@@' })],
      },
    ],
    (event) => events.push(event),
  );
  const planned = { type: 'planned', namespace: 'rhdh' };
  expect(events).toEqual([
    { type: 'stage-planned', stage: '0000-x', objects: 2 },
    { ...planned, stage: '0000-x', object: 'ConfigMap/a', action: 'create' },
    { ...planned, stage: '0000-x', object: 'ConfigMap/b', action: 'leave', note: 'why' },
    { type: 'stage-planned', stage: '0100-y', objects: 2 },
    { ...planned, stage: '0100-y', object: 'ConfigMap/c', action: 'create' },
    { ...planned, stage: '0100-y', object: 'ConfigMap/a', action: 'change', diff: '@@' },
    { type: 'plan', actions: { create: 2, leave: 1, change: 1 } },
  ]);
});
