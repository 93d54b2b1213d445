import type { createColors } from 'picocolors';
import type { RolloutEvent, Action } from '../rollout/event';
import { eventText } from './event-text';

type Colors = ReturnType<typeof createColors>;
type Color = keyof Omit<Colors, 'isColorSupported'>;

const actionColors: Readonly<Record<Action, Color>> = {
  create: 'green',
  change: 'yellow',
  adopt: 'yellow',
  replace: 'yellow',
  leave: 'dim',
  delete: 'red',
};

/** Words that tell by their colour whether all is well. */
const wordColors: readonly [RegExp, Color][] = [
  [/^(\s*\S+ )(failed|missing)(?=:|$)/, 'red'],
  [/^(\s*\S+ )(waiting)(?=:|$)/, 'yellow'],
  [/^(\s*\S+ )(ready)(?=:|$)/, 'green'],
  [/^(\s*\S+ )(replaced|unchanged)(?=:|$)/, 'dim'],
  [/^(\S+: )(ready|gone)\b/, 'green'],
  [/^(\S+: )(not ready)$/, 'yellow'],
  [/^()(passed)(?=:)/, 'green'],
  [/^()(failed|error)(?=:)/, 'red'],
  [/^()(skipped|warning)(?=:)/, 'yellow'],
];

/** An event as lines of text for a person at a terminal. */
export function colouredText(event: RolloutEvent, colors: Colors): string {
  const [head = '', ...rest] = eventText(event).split('\n');
  if (event.type === 'planned') {
    return [colors[actionColors[event.action]](head), ...rest.map((line) => diffLine(line, colors))].join(
      '\n',
    );
  }
  if (event.type === 'stage-failed') return [colors.red(head), ...rest].join('\n');
  return [head, ...rest].map((line) => word(line, colors)).join('\n');
}

function diffLine(line: string, colors: Colors): string {
  const sign = line.trimStart()[0];
  if (sign === '+') return colors.green(line);
  if (sign === '-') return colors.red(line);
  return line.trimStart().startsWith('@@') ? colors.dim(line) : line;
}

function word(line: string, colors: Colors): string {
  const found = wordColors.find(([pattern]) => pattern.test(line));
  if (found === undefined) return line;
  const [pattern, color] = found;
  return line.replace(pattern, (_, before: string, text: string) => before + colors[color](text));
}
