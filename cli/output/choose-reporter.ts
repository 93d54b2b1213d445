import type { CommonOptions } from '../options/common-options';
import { jsonLines } from './json-lines';
import { plainLines } from './plain-lines';
import type { Reporter } from './reporter';

/** JSON where it was asked for, a live task list on a terminal, plain lines elsewhere. */
export function chooseReporter({ output }: Pick<CommonOptions, 'output'>): Reporter {
  const write = (text: string) => void process.stdout.write(text);
  if (output === 'json') return jsonLines(write);
  const { isTTY, columns, rows } = process.stdout;
  if (isTTY && columns > 0 && rows > 0 && process.env.TERM !== 'dumb') {
    const { taskList } = require('./task-list') as typeof import('./task-list');
    return taskList(write);
  }
  return plainLines(write);
}
