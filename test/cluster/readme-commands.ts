import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The `oc` commands of the README, a line each, in the order in which a reader meets them. */
export const readmeCommands = readFileSync(join(__dirname, '../../README.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('oc '));
