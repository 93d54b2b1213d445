import { setTimeout as wait } from 'node:timers/promises';
import { Move } from '../move';
import { expectEqualDatabases, fillSource, states } from './databases';

const ROUNDS = 10;
const KILLS_PER_ROUND = 3;

let move: Move;

beforeAll(async () => {
  move = await Move.start();
  fillSource(move, 15_000);
});

afterAll(() => move.remove());

test('a Job that is killed at 30 random points copies and proves everything when it is run again', async () => {
  const began = Date.now();
  expect((await move.run()).result.outcome).toBe('proven');
  const wholeRun = Date.now() - began;
  const env = { MOVE_BIG_TABLE_BYTES: '100000' };
  const points: number[] = [];
  const found = new Set<string>();
  let hits = 0;
  for (let round = 0; round < ROUNDS; round++) {
    move.target.databases().forEach((name) => move.target.query(`DROP DATABASE "${name}" WITH (FORCE)`));
    for (let kill = 0; kill < KILLS_PER_ROUND; kill++) {
      const point = Math.random() * wholeRun;
      points.push(Math.round(point));
      const killed = await move.run({
        env,
        started: (child) => void wait(point).then(() => child.kill('SIGKILL')),
      });
      expect([null, 0]).toContain(killed.code);
      hits += killed.code === null ? 1 : 0;
      found.add(states(move).join());
    }
    const { result } = await move.run({ env });
    expect({ points, outcome: result.outcome, findings: result.findings }).toEqual({
      points,
      outcome: 'proven',
      findings: [],
    });
    expectEqualDatabases(move);
  }
  // The points were spread: the Job was hit while it ran, and at different places.
  expect(hits).toBeGreaterThan(ROUNDS);
  expect(found.size).toBeGreaterThan(2);
}, 1_800_000);
