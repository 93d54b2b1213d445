import { Move } from './move';

let move: Move;

beforeEach(async () => {
  move = await Move.start();
  move.source.query('CREATE DATABASE backstage_plugin_app');
  move.source.query(
    'CREATE TABLE settings (key int PRIMARY KEY, value text); INSERT INTO settings SELECT i FROM generate_series(1, 5) AS i',
    'backstage_plugin_app',
  );
});

afterEach(() => move.remove());

test('sessions of both servers are told, one line a client', async () => {
  expect((await move.run()).result.outcome).toBe('proven');
  const sessions = [
    move.source.session('backstage_plugin_app', 'late'),
    move.target.session('backstage_plugin_app', 'hub'),
    move.target.session('backstage_plugin_app', 'hub'),
    move.target.session('postgres', 'somebody else'),
  ];
  await Promise.all(sessions.map(({ connected }) => connected));
  const { code, result } = await move.run({ command: 'sessions' });
  const client = { database: 'backstage_plugin_app', user: 'postgres', address: '127.0.0.1' };
  expect([code, result]).toEqual([
    0,
    {
      command: 'sessions',
      outcome: 'done',
      findings: [],
      databases: [],
      sessions: [
        { side: 'source', ...client, application: 'late', count: 1 },
        { side: 'target', ...client, application: 'hub', count: 2 },
      ],
    },
  ]);
  await Promise.all(sessions.map((session) => session.end()));
});

test('an old server that is gone has no sessions', async () => {
  await move.run();
  const hub = move.target.session('backstage_plugin_app', 'hub');
  await hub.connected;
  await move.source.stop();
  const { code, result } = await move.run({ command: 'sessions' });
  expect([code, result.outcome, result.sessions]).toEqual([
    0,
    'done',
    [
      {
        side: 'target',
        database: 'backstage_plugin_app',
        user: 'postgres',
        address: '127.0.0.1',
        application: 'hub',
        count: 1,
      },
    ],
  ]);
  expect(result.findings).toEqual([
    {
      level: 'notes',
      code: 'source/unreachable',
      text: expect.stringMatching(/^The source cannot be reached: .*Connection refused/),
    },
  ]);
  await hub.end();
});

test('an old server whose Secret is gone has no sessions, and nobody waits for it', async () => {
  await move.run();
  const { code, output, result } = await move.run({ command: 'sessions', env: { SOURCE_USER: '' } });
  expect([code, result.outcome, result.sessions]).toEqual([0, 'done', []]);
  expect(result.findings).toEqual([
    {
      level: 'notes',
      code: 'source/unreachable',
      text: expect.stringMatching(
        /^The source cannot be reached: .*SOURCE_USER: is not set: the Secret of the source is gone$/,
      ),
    },
  ]);
  expect(output.match(/SOURCE_USER/g)).toHaveLength(2);
});

test('what was written since the proof is counted for each table, without the old server', async () => {
  await move.run();
  expect((await move.run({ command: 'written' })).result).toEqual({
    command: 'written',
    outcome: 'done',
    findings: [],
    databases: [],
    written: [],
  });
  move.target.query(
    "INSERT INTO settings VALUES (6), (7); UPDATE settings SET value = 'x' WHERE key < 4; DELETE FROM settings WHERE key = 5",
    'backstage_plugin_app',
  );
  move.target.query('CREATE DATABASE backstage_plugin_new');
  move.target.query(
    'CREATE TABLE things (id int); INSERT INTO things VALUES (1); CREATE TABLE empty ()',
    'backstage_plugin_new',
  );
  await move.source.stop();
  expect((await move.run({ command: 'written' })).result.written).toEqual([
    { database: 'backstage_plugin_app', table: 'public.settings', inserted: 2, updated: 3, deleted: 1 },
    { database: 'backstage_plugin_new', table: 'public.things', inserted: 1, updated: 0, deleted: 0 },
  ]);
});
