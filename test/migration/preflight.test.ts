import { PostgresServer } from '../postgres/server';
import { Move, type MoveOptions } from './move';

const catalog = 'backstage_plugin_catalog';
const mib = 2 ** 20;

let move: Move;

async function start(newTarget?: () => Promise<PostgresServer>): Promise<void> {
  move = await Move.start(newTarget);
  move.source.query(`CREATE DATABASE ${catalog}`);
  move.source.query(
    "CREATE TABLE entities AS SELECT i AS id, repeat('x', 1000) AS data FROM generate_series(1, 40000) AS i",
    catalog,
  );
}

afterEach(() => move.remove());

/** Level, code and text of each finding, and how the run ended. */
async function findings(options: MoveOptions = {}): Promise<string[]> {
  const { result } = await move.run(options);
  return [
    result.outcome,
    ...result.findings.map(({ level, code, text }: any) => `${level} ${code}: ${text}`),
  ];
}

describe('sessions at the target', () => {
  beforeEach(() => start());

  test.each(['copy', 'preflight'])(
    'who uses a database that is to be filled is named by %s',
    async (command) => {
      move.target.query(`CREATE DATABASE ${catalog}; CREATE DATABASE somebodys`);
      const sessions = [move.target.session(catalog, 'early'), move.target.session('somebodys', 'else')];
      await Promise.all(sessions.map(({ connected }) => connected));
      expect(await findings({ command })).toEqual([
        'refused',
        expect.stringMatching(
          /^refuses target\/sessions: Somebody is connected to database backstage_plugin_catalog of the target: early \(user postgres, from 127\.0\.0\.1, since [-0-9]+ [:0-9]+ UTC\)\. They would use a copy that is not complete, and what they write would be taken for a fault of it; stop them first\.$/,
        ),
      ]);
      await Promise.all(sessions.map((session) => session.end()));
    },
  );

  test('a role that is no monitor sees at least who it is', async () => {
    move.target.query("CREATE ROLE hub LOGIN CREATEDB PASSWORD 'p'");
    move.target.query(`CREATE DATABASE ${catalog} OWNER hub`);
    const session = move.target.session(catalog, 'early');
    await session.connected;
    expect(await findings({ targetLogin: { user: 'hub', password: 'p' } })).toContain(
      'refuses target/sessions: Somebody is connected to database backstage_plugin_catalog of the target: early (user postgres, from unknown, since unknown). They would use a copy that is not complete, and what they write would be taken for a fault of it; stop them first.',
    );
    await session.end();
  });
});

describe('room at the target', () => {
  test('a volume that is too small is told beforehand, and nothing is written', async () => {
    await start(() => PostgresServer.create(undefined, { diskBytes: 110 * mib }));
    expect(await findings()).toEqual([
      'refused',
      expect.stringMatching(
        /^refuses target\/room: The volume \/tmp\/postgres-test-\w+ of the target has \d\d MB left and the copy needs 10\d MB \(5\d MB of data, 5\d MB of its log\): make it larger, or make room\.$/,
      ),
    ]);
    expect(move.target.databases()).toEqual([]);
  });

  test('where the login may not look, that is said, and how much is needed', async () => {
    await start();
    move.target.query("CREATE ROLE hub LOGIN CREATEDB PASSWORD 'p'");
    const targetLogin = { user: 'hub', password: 'p' };
    expect(await findings({ targetLogin })).toEqual([
      'proven',
      expect.stringMatching(
        /^notes target\/room: How much room the target has is not known \(must be superuser or .* to COPY to or from an external program\); the copy needs about 5\d{7} bytes, and its log more\.$/,
      ),
    ]);
    // Nothing is left to copy.
    expect(await findings({ targetLogin })).toEqual(['proven']);
  });
});

describe('connections', () => {
  const limited = async (side: 'source' | 'target') => {
    await start();
    await move[side].stop();
    await move[side].start({ max_connections: '10' });
    return [1, 2, 3].map(() => move[side].session('postgres', 'somebody else'));
  };
  const words = 'max_connections is 10, of which 3 are reserved, and 3 are in use';

  test('the smaller limit says how many workers there are', async () => {
    const sessions = await limited('source');
    move.target.query("CREATE ROLE hub LOGIN CREATEDB CONNECTION LIMIT 6 PASSWORD 'p'");
    await Promise.all(sessions.map(({ connected }) => connected));
    await sessions.pop()?.end();
    expect(await findings({ targetLogin: { user: 'hub', password: 'p' } })).toEqual([
      'proven',
      `notes source/connections: The source has 5 connections left (max_connections is 10, of which 3 are reserved, and 2 are in use), so the copy runs with workers: 1 instead of 3.`,
      expect.stringContaining('notes target/room: '),
    ]);
    await Promise.all(sessions.map((session) => session.end()));
  });

  test('a limit of the role at the target counts too', async () => {
    await start();
    move.target.query("CREATE ROLE hub LOGIN CREATEDB CONNECTION LIMIT 6 PASSWORD 'p'");
    expect(await findings({ targetLogin: { user: 'hub', password: 'p' } })).toEqual([
      'proven',
      'notes target/connections: The target has 6 connections left (role "hub" has CONNECTION LIMIT 6, and 0 are in use), so the copy runs with workers: 2 instead of 3.',
      expect.stringContaining('notes target/room: '),
    ]);
  });

  test.each(['source', 'target'] as const)('too few at the %s are refused with the numbers', async (side) => {
    const sessions = await limited(side);
    await Promise.all(sessions.map(({ connected }) => connected));
    const besides = { source: 2, target: 1 }[side];
    expect(await findings({ props: { workers: 5 } })).toEqual([
      'refused',
      `refuses ${side}/connections: The ${side} has 4 connections left (${words}) and a copy with 5 at a time needs ${besides + 10}: raise the limit, or end some of those, or lower the number of workers.`,
    ]);
    sessions.push(move[side].session('postgres', 'one more'), move[side].session('postgres', 'one more'));
    await Promise.all(sessions.slice(3).map(({ connected }) => connected));
    expect(await findings()).toEqual([
      'refused',
      `refuses ${side}/connections: The ${side} has 2 connections left (${words.replace('3 are in', '5 are in')}) and a copy with 1 at a time needs ${besides + 2}: raise the limit, or end some of those.`,
    ]);
    await Promise.all(sessions.map((session) => session.end()));
  });
});
