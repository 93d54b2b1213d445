import * as fc from 'fast-check';
import type { RolloutEvent } from '../rollout/event';
import { printable } from '../rollout/bundles/printable';
import { eventText } from './event-text';
import { jsonLines } from './json-lines';

/** One of each type; a text stands wherever a name or a message of the cluster may. */
const events = (text: string): { [Type in RolloutEvent['type']]: Extract<RolloutEvent, { type: Type }> } => {
  const object = { object: text, namespace: text, message: text };
  const check = {
    check: text,
    subject: text,
    outcome: 'failed',
    message: text,
    problems: [text, text],
  } as const;
  return {
    cluster: { type: 'cluster', server: text, context: text, version: text, namespace: text },
    finding: {
      type: 'finding',
      finding: {
        severity: 'error',
        rule: 'no-files',
        message: text,
        advice: text,
        where: text,
        alsoAt: [text],
      },
    },
    'stage-planned': { type: 'stage-planned', stage: text, objects: 1 },
    planned: { type: 'planned', stage: text, object: text, action: 'change', note: text, diff: text },
    plan: { type: 'plan', actions: { create: 1 } },
    'stage-started': { type: 'stage-started', stage: text, objects: 2 },
    applied: { type: 'applied', stage: text, object: text, action: 'create', note: text },
    waiting: { type: 'waiting', stage: text, ready: false, ...object },
    'stage-ready': { type: 'stage-ready', stage: text, seconds: 1 },
    'stage-gone': { type: 'stage-gone', stage: text, seconds: 1 },
    'stage-failed': { type: 'stage-failed', stage: text, outcome: text, report: [text, text] },
    locked: { type: 'locked', holder: text },
    status: { type: 'status', stage: text, ready: false, objects: [{ standing: 'failed', ...object }] },
    'status-changed': { type: 'status-changed', stage: text, standing: 'ready', ...object },
    reached: { type: 'reached', stage: text },
    'move-step': { type: 'move-step', step: 'copy', state: 'running', title: text, message: text },
    'job-log': { type: 'job-log', command: text, line: text },
    check: { type: 'check', ...check },
    report: { type: 'report', passed: 1, failed: 1, skipped: 0, checks: [check] },
    note: { type: 'note', message: text },
  };
};

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '\n',
      '\r',
      '\t',
      '\u001b[2J',
      '\u009b',
      '\u0007',
      '\u202e',
      '\u2028',
      '\u200b',
      '\u{e0041}',
      'passed: ',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
});
const anyEvent = hostile.chain((text) => fc.constantFrom(...Object.values(events(text))));

test('text of the cluster gives a terminal no orders, whatever event it comes in', () => {
  fc.assert(
    fc.property(anyEvent, (event) => {
      const text = eventText(event);
      expect(text.replace(/[\n\t]/g, '')).toBe(printable(text.replace(/[\n\t]/g, '')));
    }),
    { numRuns: 2_000 },
  );
});

test('text of the cluster is never taken for another event, nor for how another object stands', () => {
  for (const event of Object.values(events('a\npassed: b\n  Job/x ready: all is well'))) {
    for (const line of eventText(event).split('\n').slice(1)) expect(line).toMatch(/^ {2}/);
  }
  const message = 'no\n  Job/x ready: all is well';
  const object = { object: 'Job/y', standing: 'failed', message } as const;
  const told: RolloutEvent[] = [
    { type: 'waiting', stage: '0000-x', ready: false, ...object },
    { type: 'status', stage: '0000-x', ready: false, objects: [object] },
  ];
  for (const event of told) expect(eventText(event)).not.toMatch(/^ {2}Job\/x ready/m);
});

test('JSON is the same text to a program, with nothing in it that a terminal would not show', () => {
  fc.assert(
    fc.property(anyEvent, (event) => {
      let written = '';
      jsonLines((text) => (written += text)).event(event);
      expect(written.trimEnd()).toBe(printable(written.trimEnd()));
      expect(JSON.parse(written)).toMatchObject(JSON.parse(JSON.stringify(event)) as object);
    }),
    { numRuns: 2_000 },
  );
});
