import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databases } from './dataset';
import { MemoryWatch } from './memory';
import { stopwatch } from './stopwatch';
import { ours } from './ours';
import type { Copy, Way } from './way';

export const copy: Way = {
  name: 'this Job, without its proof',
  copy: (source, target) => ours(source, target, false),
};
export const provenCopy: Way = {
  name: 'this Job, with full proof',
  copy: (source, target) => ours(source, target, true),
};
export const operator: Way = {
  name: "the operator's way: `pg_dump \\| psql`, one database after the other",
  copy: script('operator'),
};

/** Settings of pgcopydb worth trying on two cores; its own default is the first. */
export const waysOfPgcopydb: readonly Way[] = [
  pgcopydb(4, 1, 'its default of 4 jobs, one database after the other'),
  pgcopydb(2, 1, '2 jobs, one database after the other'),
  pgcopydb(2, 3, '2 jobs, three databases at once'),
];

export const ways: readonly Way[] = [
  operator,
  copy,
  ...waysOfPgcopydb,
  provenCopy,
  { name: '`pg_dump -Fd -j2`, then `pg_restore -j2`', copy: script('directory') },
];

function pgcopydb(jobs: number, atOnce: number, settings: string): Way {
  const copy = script('pgcopydb', { JOBS: String(jobs), AT_ONCE: String(atOnce) });
  return {
    name: `\`pgcopydb clone\`, ${settings}`,
    copy: async (source, target) => {
      const run = await copy(source, target);
      return { ...run, secondsWithStatistics: run.seconds };
    },
  };
}

/** A script of peers/, which gets a folder for its files. */
function script(name: string, variables: Readonly<Record<string, string>> = {}): Copy {
  return async (source, target) => {
    const folder = mkdtempSync(join(tmpdir(), `bench-${name}-`));
    const elapsed = stopwatch();
    const child = spawn('bash', [join(__dirname, 'peers', `${name}.sh`)], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        PATH: process.env.PATH,
        PGHOST: '127.0.0.1',
        PGUSER: 'postgres',
        SOURCE_PORT: String(source),
        TARGET_PORT: String(target),
        DATABASES: databases.join(' '),
        FOLDER: folder,
        ...variables,
      },
    });
    const memory = new MemoryWatch(child.pid!);
    const [code] = await once(child, 'exit');
    const seconds = elapsed();
    rmSync(folder, { recursive: true });
    if (code !== 0) throw new Error(`${name}.sh ended with exit code ${code}`);
    return { seconds, memory: memory.stop() };
  };
}
