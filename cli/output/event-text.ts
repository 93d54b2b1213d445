import { problemText } from '../rollout/findings/problem';
import type { RolloutEvent, Action, ObjectStatus } from '../rollout/event';
import { terminalText } from './terminal-text';

/** The fixed words for what is done, in the present tense for a plan and in the past for a rollout. */
export const actionWords: Readonly<Record<Action, { plan: string; done: string; sign: string }>> = {
  create: { plan: 'create', done: 'created', sign: '+' },
  change: { plan: 'change', done: 'changed', sign: '~' },
  adopt: { plan: 'adopt', done: 'adopted', sign: '~' },
  replace: { plan: 'replace', done: 'replaced', sign: '±' },
  leave: { plan: 'leave', done: 'unchanged', sign: ' ' },
  delete: { plan: 'delete', done: 'deleted', sign: '-' },
};

/**
 * An event as lines of text that a terminal shows as they are, without colours. Its further lines are indented, so that no
 * message is taken for another event.
 */
export function eventText(event: RolloutEvent): string {
  return terminalText(linesOf(event).replace(/\n(?! )/g, '\n  '));
}

function linesOf(event: RolloutEvent): string {
  switch (event.type) {
    case 'cluster':
      return `cluster ${event.server} (${event.version}), namespace ${event.namespace}`;
    case 'finding':
      return `${event.finding.severity}: ${problemText(event.finding)}`;
    case 'planned': {
      const { sign, plan } = actionWords[event.action];
      const head = `  ${sign} ${plan} ${event.object}${noteText(event.note)}`;
      return event.diff === undefined || event.diff === '' ? head : `${head}\n${indented(event.diff, 6)}`;
    }
    case 'plan':
      return planText(event.actions);
    case 'stage-planned':
    case 'stage-started':
      return `${event.stage}: ${objectsText(event.objects)}`;
    case 'applied':
      return `  ${event.object} ${actionWords[event.action].done}${noteText(event.note)}`;
    case 'waiting':
      return `  ${event.object} ${event.ready ? 'ready' : 'waiting'}: ${continued(event.message)}`;
    case 'stage-ready':
      return `${event.stage}: ready after ${secondsText(event.seconds)}`;
    case 'stage-gone':
      return `${event.stage}: gone after ${secondsText(event.seconds)}`;
    case 'stage-failed':
      return [
        `${event.stage}: ${outcomeText[event.outcome] ?? event.outcome}`,
        ...event.report.map((line) => `  ${continued(line)}`),
      ].join('\n');
    case 'locked':
      return `locked by ${event.holder}`;
    case 'status':
      return [
        `${event.stage}: ${event.ready ? 'ready' : 'not ready'}`,
        ...event.objects.map((object) => `  ${objectText(object)}`),
      ].join('\n');
    case 'status-changed':
      return `${event.stage}: ${objectText(event)}`;
    case 'reached':
      return `the rollout has reached ${event.stage}`;
    case 'move-step':
      return moveStepText(event);
    case 'job-log':
      return `  ${continued(event.line)}`;
    case 'check': {
      const subject = event.subject === undefined ? '' : ` of ${event.subject}`;
      const head = `${event.outcome}: ${event.check}${subject}: ${continued(event.message)}`;
      return [head, ...event.problems.map((problem) => `  ${continued(problem)}`)].join('\n');
    }
    case 'report':
      return `${event.passed} checks passed, ${event.failed} failed${event.skipped === 0 ? '' : `, ${event.skipped} skipped`}`;
    case 'note':
      return event.message;
  }
}

/** `1 object`, `2 objects` */
export function objectsText(count: number): string {
  return count === 1 ? '1 object' : `${count} objects`;
}

function planText(actions: Readonly<Partial<Record<Action, number>>>): string {
  const counts = Object.entries(actionWords).flatMap(([action, { plan }]) => {
    const count = actions[action as Action];
    return count === undefined ? [] : [`${count} to ${plan}`];
  });
  return counts.length === 0 ? 'nothing to do' : counts.join(', ');
}

const outcomeText: Readonly<Record<string, string>> = {
  failed: 'failed',
  stuck: 'cannot continue by itself',
  timeout: 'not ready in time',
  'still-there': 'not gone in time',
};

export function secondsText(seconds: number): string {
  return seconds < 60
    ? `${seconds.toFixed(1)} s`
    : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

const stepWords = {
  planned: 'to be done',
  running: 'begun',
  done: 'done',
  failed: 'failed',
  undoing: 'begun',
  undone: 'done',
} as const;

function moveStepText(event: Extract<RolloutEvent, { type: 'move-step' }>): string {
  const { step, title, state, message } = event;
  if (title === undefined) return `move, ${step}: ${state}${whenText(event)}${noteText(message)}`;
  return `${title}: ${stepWords[state]}${message === undefined ? '' : `: ${continued(message)}`}`;
}

function whenText({ started, ended }: { readonly started?: string; readonly ended?: string }): string {
  if (started === undefined) return '';
  if (ended === undefined) return ` since ${started}`;
  return ` at ${ended}, after ${secondsText((Date.parse(ended) - Date.parse(started)) / 1000)}`;
}

function objectText({ object, standing, message }: ObjectStatus): string {
  return `${object} ${standing}${message === standing ? '' : `: ${continued(message)}`}`;
}

function noteText(note: string | undefined): string {
  return note === undefined ? '' : ` (${continued(note)})`;
}

/** A message with its further lines below it, deeper than those that say how things stand. */
function continued(message: string): string {
  return message.trimEnd().replace(/\n\s*/g, '\n      ');
}

function indented(text: string, by: number): string {
  return text.replace(/^/gm, ' '.repeat(by));
}
