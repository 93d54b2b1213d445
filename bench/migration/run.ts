// Measures the copy of the databases beside other ways to do it, prints a section of bench/README.md, and fails when a
// goal is missed. With --quick it measures once, on a fifth of the data. --scale and --repetitions say otherwise.
import { parseArgs } from 'node:util';
import { databases, dataset } from './dataset';
import { freePort, measure, measureFloor } from './measure';
import { goals, section, type SmallRun } from './section';
import { bin, type Server } from './server';
import type { Run, Way } from './way';
import { provenCopy, ways } from './ways';
import { requirePrograms } from '../../test/programs';

const { values } = parseArgs({
  options: { quick: { type: 'boolean' }, scale: { type: 'string' }, repetitions: { type: 'string' } },
});
const scale = Number(values.scale ?? (values.quick ? 0.2 : 1));
const repetitions = Number(values.repetitions ?? (values.quick ? 1 : 3));

process.env.PATH = `${bin}:${process.env.PATH}`;
requirePrograms({ pgcopydb: 'pgcopydb', localedef: 'locales', [`${bin}/initdb`]: 'postgresql-15' });

/** Does something with a running server of a data set. */
async function withDataset<T>(size: number, action: (source: Server) => Promise<T>): Promise<T> {
  const source = dataset(size, await freePort());
  source.start();
  try {
    return await action(source);
  } finally {
    source.stop();
  }
}

async function rounds(source: Server): Promise<{ runs: Map<Way, Run[]>; floor: number[] }> {
  const runs = new Map(ways.map((way) => [way, [] as Run[]]));
  const floor: number[] = [];
  measureFloor(source); // Warms the cache of files.
  for (let round = 1; round <= repetitions; round += 1) {
    floor.push(measureFloor(source));
    for (const way of ways) {
      const run = await measure(way, source);
      console.error(`round ${round} of ${repetitions}: ${run.seconds.toFixed(1)} s, ${way.name}`);
      runs.get(way)!.push(run);
    }
  }
  return { runs, floor };
}

async function main(): Promise<void> {
  const bytes = (source: Server): number =>
    Number(
      source.query(
        `SELECT sum(pg_database_size(datname)) FROM pg_database WHERE datname LIKE 'backstage%'`,
      )[0],
    );
  const small: SmallRun = await withDataset(scale / 4, async (source) => ({
    bytes: bytes(source),
    memory: (await measure(provenCopy, source)).memory,
  }));
  const large = await withDataset(scale, async (source) => ({
    bytes: bytes(source),
    ...(await rounds(source)),
  }));
  const results = { ...large, small, repetitions, databases: databases.length };
  console.log(section(results));
  const missed = goals(results).filter(({ met }) => !met);
  missed.forEach(({ text }) => console.error(`Missed: ${text}`));
  process.exitCode = missed.length > 0 ? 1 : 0;
}

void main();
