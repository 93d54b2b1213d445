import { Move } from './move';

let move: Move;

beforeEach(async () => {
  move = await Move.start();
  move.source.query('CREATE DATABASE backstage_plugin_app; CREATE DATABASE somebodys');
  move.source.query('CREATE TABLE settings (key text, value text)', 'backstage_plugin_app');
});

afterEach(() => move.remove());

const done = {
  outcome: 'done',
  findings: [],
  databases: [{ database: 'backstage_plugin_app' }],
};
const insert = "INSERT INTO settings VALUES ('a', 'b')";

test('a fence ends the sessions of the hub, and nobody can write until it is undone; both can be run again', async () => {
  const hub = move.source.session('backstage_plugin_app', 'backstage');
  const other = move.source.session('somebodys', 'other');
  await Promise.all([hub.connected, other.connected]);
  for (let i = 0; i < 2; i++) {
    expect((await move.run({ command: 'fence' })).result).toEqual({ command: 'fence', ...done });
    expect(
      move.source.query(
        "SELECT application_name FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
      ),
    ).toEqual(['other']);
    expect(() => move.source.query(insert, 'backstage_plugin_app')).toThrow(
      'cannot execute INSERT in a read-only transaction',
    );
    move.source.query('CREATE TABLE mine ()', 'somebodys');
    move.source.query('DROP TABLE mine', 'somebodys');
  }
  for (let i = 0; i < 2; i++) {
    expect((await move.run({ command: 'unfence' })).result).toEqual({ command: 'unfence', ...done });
    move.source.query(insert, 'backstage_plugin_app');
  }
  await Promise.all([hub.end(), other.end()]);
});

test('a fenced source is copied, and its copy is not fenced', async () => {
  move.source.query(insert, 'backstage_plugin_app');
  await move.run({ command: 'fence' });
  expect((await move.run()).result.outcome).toBe('proven');
  move.target.query(insert, 'backstage_plugin_app');
});

test('a setting that wins over the fence is a refusal', async () => {
  move.source.query('ALTER ROLE postgres SET default_transaction_read_only = off');
  move.source.query(
    'ALTER ROLE postgres IN DATABASE backstage_plugin_app SET default_transaction_read_only = off',
  );
  const { code, result } = await move.run({ command: 'fence' });
  expect([code, result.outcome, result.findings]).toEqual([
    2,
    'refused',
    [
      {
        level: 'refuses',
        code: 'source/fence',
        text:
          'The source could not be changed: default_transaction_read_only is still off in database ' +
          '"backstage_plugin_app" for user postgres: a setting of the role or the server wins over that of the database.',
      },
    ],
  ]);
});

test('before the fence, the hub is no obstacle: preflight tells sizes, and notes who is connected', async () => {
  const hub = move.source.session('backstage_plugin_app', 'backstage');
  await hub.connected;
  const { code, result } = await move.run({ command: 'preflight' });
  expect([code, result]).toEqual([
    0,
    {
      command: 'preflight',
      outcome: 'ready',
      findings: [
        { level: 'notes', code: 'source/left-out', text: expect.stringContaining('"somebodys"') },
        {
          level: 'notes',
          code: 'source/sessions',
          text: expect.stringContaining('backstage (user postgres, from 127.0.0.1'),
        },
      ],
      databases: [{ database: 'backstage_plugin_app', bytes: expect.any(Number) }],
    },
  ]);
  expect(result.databases[0].bytes).toBeGreaterThan(1_000_000);
  await hub.end();
});
