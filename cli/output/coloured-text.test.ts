import { createColors } from 'picocolors';
import type { RolloutEvent } from '../rollout/event';
import { colouredText } from './coloured-text';
import { eventText } from './event-text';

const colors = createColors(true);

const diff = '@@ -1,2 +1,2 @@\n metadata: {}\n-  a: 1\n+  a: 2';
const planned: RolloutEvent = {
  type: 'planned',
  stage: '0000-x',
  object: 'ConfigMap/x',
  action: 'change',
  diff,
};

test('a difference is green and red', () => {
  expect(colouredText(planned, colors).split('\n')).toEqual([
    colors.yellow('  ~ change ConfigMap/x'),
    colors.dim('      @@ -1,2 +1,2 @@'),
    '       metadata: {}',
    colors.red('      -  a: 1'),
    colors.green('      +  a: 2'),
  ]);
});

test('how an object stands is told by a colour too', () => {
  const objects = (['ready', 'waiting', 'failed', 'missing', 'replaced'] as const).map((standing) => ({
    object: 'Job/x',
    standing,
    message: 'why',
  }));
  const status: RolloutEvent = { type: 'status', stage: '0000-x', ready: false, objects };
  expect(colouredText(status, colors).split('\n')).toEqual([
    `0000-x: ${colors.yellow('not ready')}`,
    `  Job/x ${colors.green('ready')}: why`,
    `  Job/x ${colors.yellow('waiting')}: why`,
    `  Job/x ${colors.red('failed')}: why`,
    `  Job/x ${colors.red('missing')}: why`,
    `  Job/x ${colors.dim('replaced')}: why`,
  ]);
});

test('checks and findings begin with their outcome', () => {
  const check: RolloutEvent = {
    type: 'check',
    check: 'server',
    outcome: 'failed',
    message: '1 problem',
    problems: ['x'],
  };
  expect(colouredText(check, colors)).toBe(`${colors.red('failed')}: server: 1 problem\n  x`);
  const finding = { severity: 'warning', rule: 'no-files', message: 'look out' } as const;
  expect(colouredText({ type: 'finding', finding }, colors)).toBe(`${colors.yellow('warning')}: look out`);
});

test('a terminal without colours gets the plain text', () => {
  expect(colouredText(planned, createColors(false))).toBe(eventText(planned));
});
