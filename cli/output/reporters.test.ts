import type { RolloutEvent } from '../rollout/event';
import { jsonLines } from './json-lines';
import { plainLines } from './plain-lines';

const events: RolloutEvent[] = [
  { type: 'stage-started', stage: '0000-x', objects: 2 },
  { type: 'applied', stage: '0000-x', object: 'Job/x', action: 'create' },
  {
    type: 'applied',
    stage: '0000-x',
    object: 'ConfigMap/x',
    action: 'leave',
    note: '0100-y has replaced it',
  },
  { type: 'waiting', stage: '0000-x', object: 'Service/x', ready: true, message: 'ready' },
  { type: 'waiting', stage: '0000-x', object: 'Job/x', ready: false, message: 'its pod runs' },
  { type: 'waiting', stage: '0000-x', object: 'Job/x', ready: true, message: 'completed' },
  { type: 'stage-ready', stage: '0000-x', seconds: 61.4 },
  { type: 'stage-failed', stage: '0100-y', outcome: 'stuck', report: ['Job/y: why', '  more'] },
  { type: 'locked', holder: 'me' },
];

test('plain lines are one an event; what is ready at once is not worth one', () => {
  let text = '';
  const reporter = plainLines((part) => (text += part));
  for (const event of events) reporter.event(event);
  expect(text.split('\n')).toEqual([
    '0000-x: 2 objects',
    '  Job/x created',
    '  ConfigMap/x unchanged (0100-y has replaced it)',
    '  Job/x waiting: its pod runs',
    '  Job/x ready: completed',
    '0000-x: ready after 1 min 1 s',
    '0100-y: cannot continue by itself',
    '  Job/y: why',
    '    more',
    'locked by me',
    '',
  ]);
});

test('JSON is one object a line, with the time', () => {
  let text = '';
  const now = new Date('2026-01-31T22:30:00Z');
  const reporter = jsonLines(
    (part) => (text += part),
    () => now,
  );
  for (const event of events) reporter.event(event);
  const lines = text.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as object)).toEqual(
    events.map((event) => ({ time: '2026-01-31T22:30:00.000Z', ...event })),
  );
});
