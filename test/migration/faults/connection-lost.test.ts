import { Move } from '../move';
import { expectEqualDatabases, fillSource, states } from './databases';

let move: Move;

beforeEach(async () => {
  move = await Move.start();
  fillSource(move);
});

afterEach(() => move.remove());

const copying =
  "SELECT FROM pg_stat_activity WHERE application_name LIKE 'cdk8s-rhdh-move %' AND query LIKE '%COPY %entities%'";
const ended =
  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'cdk8s-rhdh-move %'";

/** Runs SQL on a server in the middle of the copy, when it reads or writes the large table. */
function whileCopying(server: Move['source'], sql: string): Promise<void> {
  const session = server.session('postgres', 'fault');
  session.run(`DO $$ BEGIN
    WHILE NOT EXISTS (${copying}) LOOP PERFORM pg_sleep(0.002); PERFORM pg_stat_clear_snapshot(); END LOOP;
  END $$;\n${sql};\n`);
  return session.end();
}

async function expectHealed(): Promise<void> {
  expect((await move.run()).result.outcome).toBe('proven');
  expectEqualDatabases(move);
}

test.each(['source', 'target'] as const)(
  'sessions to the %s that end in the middle fail the run, and the next one copies what is missing',
  async (side) => {
    const fault = whileCopying(move[side], ended);
    const { code, result } = await move.run();
    await fault;
    expect([code, result.outcome]).toEqual([1, 'failed']);
    expect(result.findings.map(({ level }: any) => level)).toContain('fails');
    expect(states(move).some((state) => state.endsWith(' copying'))).toBe(true);
    await expectHealed();
  },
);

test.each(['source', 'target'] as const)(
  'a %s that crashes in the middle fails the run, and the next one copies what is missing',
  async (side) => {
    const fault = whileCopying(move[side], '').then(() => move[side].stop('SIGQUIT'));
    const { code, result } = await move.run();
    await fault;
    expect([code, result.outcome]).toEqual([1, 'failed']);
    await move[side].start();
    await expectHealed();
  },
);

test('without a server the Job says so before it begins', async () => {
  await move.source.stop();
  const { code, result } = await move.run();
  expect([code, result.outcome]).toEqual([2, 'refused']);
  expect(result.findings).toEqual([
    {
      level: 'refuses',
      code: 'source/unreachable',
      text: `The source cannot be reached: psql: error: connection to server at "127.0.0.1", port ${move.source.port} failed: Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?`,
    },
  ]);
});
