import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');

/** The block of `oc` commands in the README, a line each, comments and empty lines left out. */
export const readmeCommands = /^```sh\n(oc apply .*?)^```$/ms
  .exec(readme)![1]!
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
