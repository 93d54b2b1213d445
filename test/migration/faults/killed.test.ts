import { setTimeout as wait } from 'node:timers/promises';
import { Move } from '../move';
import { expectEqualDatabases, fillSource, states } from './databases';

const rounds = 5;
const killsPerRound = 6;

// More units than there would be of tables as small as these.
const env = { MOVE_BIG_TABLE_BYTES: '100000', MOVE_PATIENCE_SECONDS: '60' };

let move: Move;

beforeAll(async () => {
  move = await Move.start();
  fillSource(move, 10_000);
});

afterAll(() => move.remove());

async function expectProven(): Promise<void> {
  const { result, output } = await move.run({ env });
  expect({ outcome: result.outcome, findings: result.findings, output }).toEqual({
    outcome: 'proven',
    findings: [],
    output,
  });
  expectEqualDatabases(move);
}

test('a Job that is killed at 30 random points copies and proves everything when it is run again', async () => {
  const began = Date.now();
  await expectProven();
  const wholeRun = Date.now() - began;
  const found = new Set<string>();
  let hits = 0;
  for (let round = 0; round < rounds; round++) {
    move.target.databases().forEach((name) => move.target.query(`DROP DATABASE "${name}" WITH (FORCE)`));
    for (let kill = 0; kill < killsPerRound; kill++) {
      // One somewhere in each part of the run.
      const point = ((kill + Math.random()) / killsPerRound) * wholeRun;
      const { code } = await move.run({
        env,
        started: (child) => void wait(point).then(() => child.kill('SIGKILL')),
      });
      expect([null, 0]).toContain(code);
      hits += code === null ? 1 : 0;
      found.add(states(move).join());
    }
    await expectProven();
  }
  // The Job was hit while it ran, and at different places.
  expect(hits).toBeGreaterThan(rounds);
  expect(found.size).toBeGreaterThan(2);
}, 1_200_000);

describe('what a killed run left on the servers', () => {
  const database = 'backstage_plugin_search';
  const applicationName = 'cdk8s-rhdh-move rhdh/hub';

  beforeEach(expectProven);

  test.each(['source', 'target'] as const)(
    'its sessions at the %s are ended, locks and all',
    async (side) => {
      move.target.query("UPDATE cdk8s_rhdh.move SET state = 'copying', created = false", database);
      const left = move[side].session(database, applicationName);
      left.run('BEGIN; LOCK TABLE entities IN ACCESS EXCLUSIVE MODE; SELECT 2;\n');
      const locks = `SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)
      WHERE application_name = '${applicationName}' AND mode = 'AccessExclusiveLock'`;
      while (move[side].query(locks)[0] === '0') await wait(20);
      await expectProven();
      expect(move[side].query(locks)).toEqual(['0']);
      await left.end();
    },
  );

  test('sessions of other moves stay', async () => {
    const other = move.target.session('postgres', `${applicationName}-of-others`);
    await other.connected;
    await expectProven();
    expect(
      move.target.query(
        `SELECT count(*) FROM pg_stat_activity WHERE application_name = '${applicationName}-of-others'`,
      ),
    ).toEqual(['1']);
    await other.end();
  });

  // What PostgreSQL does first of a DROP DATABASE, and what remains when the server crashes before its end.
  test('a database that was dropped to the half is dropped and copied anew', async () => {
    move.target.query(`UPDATE pg_database SET datconnlimit = -2 WHERE datname = '${database}'`);
    await expectProven();
  });
});
