import { cpus, loadavg, release, totalmem, type } from 'node:os';
import type { Run, Way } from './way';
import { copy, operator, waysOfPgcopydb, provenCopy } from './ways';

/** The proven copy of a smaller data set. */
export interface SmallRun {
  readonly bytes: number;
  readonly memory: number;
}

export interface Results {
  readonly bytes: number;
  readonly databases: number;
  readonly repetitions: number;
  readonly runs: ReadonlyMap<Way, readonly Run[]>;
  readonly floor: readonly number[];
  readonly small: SmallRun;
}

const memoryGoal = 256;

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const of = ({ runs }: Results, way: Way, field: keyof Run) =>
  median(runs.get(way)!.map((run) => run[field] ?? NaN));
const seconds = (results: Results, way: Way) => of(results, way, 'seconds');
const peak = ({ runs }: Results, way: Way) => Math.max(...runs.get(way)!.map(({ memory }) => memory));

function best(results: Results): Way {
  return waysOfPgcopydb.reduce((one, other) =>
    seconds(results, other) < seconds(results, one) ? other : one,
  );
}

interface Goal {
  readonly text: string;
  readonly met: boolean;
}

export function goals(results: Results): Goal[] {
  type Seconds = 'seconds' | 'secondsWithStatistics';
  const ratio = (what: string, way: Way, peer: Way, beside: string, limit: number, field: Seconds): Goal => {
    const value = of(results, way, field) / of(results, peer, field);
    return {
      text: `${what} takes ${value.toFixed(2)} of ${beside}; the goal is at most ${limit.toFixed(2)}.`,
      met: value <= limit,
    };
  };
  const pgcopydb = 'pgcopydb at its best setting';
  const memory = Math.max(peak(results, provenCopy), results.small.memory);
  return [
    ratio('The copy', copy, operator, "the operator's way", 0.6, 'seconds'),
    ratio('The copy with statistics', copy, best(results), pgcopydb, 0.65, 'secondsWithStatistics'),
    ratio('The copy with full proof', provenCopy, operator, "the operator's way without one", 1, 'seconds'),
    {
      text:
        `The Job's memory was at most ${results.small.memory.toFixed(0)} MiB for ${size(results.small.bytes)} ` +
        `and ${peak(results, provenCopy).toFixed(0)} MiB for ${size(results.bytes)}; the goal is less than ${memoryGoal} MiB.`,
      met: memory < memoryGoal,
    },
  ];
}

function statistics(results: Results, way: Way): string {
  const value = of(results, way, 'secondsWithStatistics');
  return Number.isNaN(value) ? '' : `${value.toFixed(1)} s`;
}

const size = (bytes: number) => `${(bytes / 1e9).toFixed(2)} GB`;

function table(results: Results): string {
  const peer = seconds(results, operator);
  const lines = [...results.runs.keys()].map((way) => [
    way.name,
    `${seconds(results, way).toFixed(1)} s`,
    (seconds(results, way) / peer).toFixed(2),
    statistics(results, way),
    `${of(results, way, 'processorSeconds').toFixed(0)} s`,
    `${peak(results, way).toFixed(0)} MiB`,
  ]);
  const floor = median(results.floor);
  const head = [
    'Way',
    'takes',
    "of the operator's",
    'with statistics',
    'processor time',
    'memory of the tools',
  ];
  const rows = [
    head,
    head.map(() => '---'),
    ...lines,
    ['the floor: `cp` of the data directory', `${floor.toFixed(1)} s`, (floor / peer).toFixed(2), '', '', ''],
  ];
  return rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

export function section(results: Results): string {
  const [cpu] = cpus();
  return `## Copying the databases

\`npm run bench migration\` copies ${size(results.bytes)} in ${results.databases} databases from one PostgreSQL 15 to another, in several ways,
and writes this section; it fails when a goal is missed. \`npm run bench migration -- --quick\` copies a fifth of it once,
prints, and writes nothing.

Measured on ${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpu.model}, ${(totalmem() / 2 ** 30).toFixed(1)} GiB, ${type()} ${release()}, Node.js ${process.version};
load average at the end: ${loadavg()[0].toFixed(2)}.

${table(results)}

${goals(results)
  .map(({ text, met }) => `- ${text} ${met ? 'Met.' : '**Missed.**'}`)
  .join('\n')}

The ways run in turn, each into a new, empty server, rounds: ${results.repetitions}; times are medians, memory is the greatest, and after
each copy rows and indexes are counted on both sides. Both servers, the tools and this program share the machine. The
servers have the settings that the image of RHDH's database makes for a container of 1 GiB (shared_buffers 256 MB,
effective_cache_size 512 MB), its locale en_US.UTF-8, and else the defaults: what is committed is on the disk. Processor
time is of both servers and of the tools; memory is the sum of the tools' proportional set sizes, once a second. The new
servers are removed at the end only: files removed in between would slow down those of the next one.

The data set is made by \`bench/migration/dataset/\`: the tables and indexes of Backstage's plugins and of Kogito's
services, the catalog's table \`search\` with 35 rows an entity being the largest, full text, jsonb, and bytes that do not
compress. The ways of \`pg_dump\` leave the planner's statistics to autovacuum. pgcopydb gathers them while it copies, this
Job once its report says that the copy is proven, while the hub is switched: so the copy is compared with the operator's
way without them, and with pgcopydb with them.
`;
}
