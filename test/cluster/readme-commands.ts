import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the README says not to type. */
const warnedOf = 'oc apply -f dist/';

/** The other `oc` commands of the README, in the order in which a reader meets them. */
export const readmeCommands = [
  ...readFileSync(join(__dirname, '../../README.md'), 'utf8').matchAll(/`(oc [^`]+)`/g),
]
  .map(([, command]) => command!)
  .filter((command) => command !== warnedOf);
