import { fillSource } from './faults/databases';
import { Move } from './move';

let move: Move;

beforeAll(async () => {
  move = await Move.start();
  fillSource(move, 20_000);
});

afterAll(() => move.remove());

const size = String.raw`\d+ (?:bytes|kB|MB)`;
const progressLine = new RegExp(
  String.raw`^(\d of 3 databases proven(?:, \d of 6 tables)?)(?: and (${size}) of (${size}) copied)?(?:, ${size}/s)?(?:, about \d+ s left)?$`,
);

/** The lines on progress without what takes time, each state once; and the numbers of bytes in all. */
function told(output: string): { states: string[]; totals: Set<string | undefined> } {
  const lines = output.split('\n').filter((line) => / of \d databases proven/.test(line));
  const parts = lines.map((line) => progressLine.exec(line) ?? [line, line]);
  return {
    states: [...new Set(parts.map(([, state]) => state!))],
    totals: new Set(parts.map(([, , , total]) => total)),
  };
}

test('databases, tables, bytes, rate and time left are told while databases are copied and proven', async () => {
  const env = { MOVE_BIG_TABLE_BYTES: '100000', MOVE_PROGRESS_SECONDS: '0' };
  const { result, output } = await move.run({ env, props: { workers: 1 } });
  expect(result.outcome).toBe('proven');
  expect(output).toMatch(
    new RegExp(
      `^3 databases are to be proven, of which 6 tables with ${size} are to be copied first; workers: 1$`,
      'm',
    ),
  );
  const { states, totals } = told(output);
  expect(states).toEqual([
    ...[0, 1, 2, 3, 4, 5, 6].map((tables) => `0 of 3 databases proven, ${tables} of 6 tables`),
    ...[1, 2, 3].map((databases) => `${databases} of 3 databases proven, 6 of 6 tables`),
  ]);
  expect(totals.size).toBe(1);
  const again = await move.run({ env, props: { workers: 1 } });
  expect(told(again.output).states).toEqual(
    [0, 1, 2, 3].map((databases) => `${databases} of 3 databases proven`),
  );
});

test('a copy of a few seconds is silent about it', async () => {
  const { output } = await move.run({ env: { MOVE_PROGRESS_SECONDS: '600' } });
  expect(told(output).states).toEqual([]);
});
