import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { Move, type MoveOptions, type MoveResult } from './move';

const database = 'backstage_plugin_app';

let move: Move;

beforeAll(async () => {
  move = await Move.start();
});

beforeEach(() => {
  move.source.query(`CREATE DATABASE ${database}`);
  move.source.query('CREATE TABLE people (id int, name text)', database);
});

afterEach(() => {
  for (const server of [move.source, move.target]) {
    server.databases().forEach((name) => server.query(`DROP DATABASE "${name}" WITH (FORCE)`));
  }
});

afterAll(() => move.remove());

/** Makes the Job wait for a lock at one of the servers, in the middle of a command. */
async function blocked(
  side: 'source' | 'target',
  database: string,
  sql: string,
): Promise<{ reached: Promise<void>; end: () => Promise<void> }> {
  const session = move[side].session(database, 'in the way');
  await session.connected;
  session.run(`BEGIN; ${sql}; SELECT 'locked';\n`);
  const reached = (async () => {
    const waiting =
      "SELECT FROM pg_stat_activity WHERE application_name LIKE 'cdk8s-rhdh-move %' AND wait_event_type = 'Lock'";
    while (move[side].query(`SELECT count(*) FROM (${waiting}) AS _`)[0] === '0') await wait(20);
  })();
  return { reached, end: () => session.end() };
}

/** The first process of a container, which is what is told to end. */
function firstOf({ pid }: ChildProcess): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);
}

/** Expects that a run says everywhere how it ended. */
function expectFailed(
  { code, result, report, text, output }: MoveResult,
  command: string,
  finding: object,
): void {
  expect({ code, command: result.command, outcome: result.outcome, output }).toEqual({
    code: 1,
    command,
    outcome: 'failed',
    output,
  });
  expect(result.findings).toContainEqual({ level: 'fails', ...finding });
  expect(report).toMatchObject({ command, outcome: 'failed', findings: result.findings });
  expect(text).toContain(`Move of databases: ${command} is failed`);
}

test.each([
  ['preflight', 'LOCK TABLE pg_publication', 'SIGTERM'],
  ['copy', 'LOCK TABLE people', 'SIGTERM'],
  ['fence', `ALTER DATABASE ${database} SET default_transaction_read_only = off`, 'SIGHUP'],
] as const)('%s that is told to end says so', async (command, sql, signal) => {
  const block = await blocked('source', database, sql);
  const options: MoveOptions = {
    started: (child) => void block.reached.then(() => process.kill(firstOf(child), signal)),
  };
  const run = await move.run(command === 'copy' ? options : { ...options, command });
  await block.end();
  expectFailed(run, command, {
    code: 'command/stopped',
    text: `The Job was told to end by ${signal} before it was done. Run it again.`,
  });
});

test.each([
  ['preflight', 'LOCK TABLE pg_publication'],
  ['fence', `ALTER DATABASE ${database} SET default_transaction_read_only = off`],
])(
  'a server that is lost is no refusal and no difference, whatever psql makes of it: %s',
  async (command, sql) => {
    const block = await blocked('source', database, sql);
    const fault = block.reached.then(() =>
      move.source.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'cdk8s-rhdh-move %'",
      ),
    );
    const run = await move.run({ command });
    await fault;
    await block.end();
    expectFailed(run, command, {
      code: 'command/failed',
      text: expect.stringMatching(
        `^The command ${command} did not come to its end: the source was asked: FATAL:  terminating connection due to administrator command`,
      ),
    });
  },
);

test('a warning of every connection is no fact', async () => {
  const warn =
    "UPDATE pg_database SET datcollversion = '1' WHERE datname IN ('postgres', 'backstage_plugin_app')";
  for (const server of [move.source, move.target]) server.query(warn);
  for (const options of [
    {},
    { command: 'preflight' },
    { command: 'fence' },
    { command: 'unfence' },
    {},
    { command: 'written' },
  ]) {
    const { code, result, report } = await move.run(options);
    expect([options, code, result.findings]).toEqual([options, 0, []]);
    expect(report).toMatchObject({ outcome: result.outcome });
  }
  for (const server of [move.source, move.target]) {
    server.query("UPDATE pg_database SET datcollversion = NULL WHERE datname = 'postgres'");
  }
});

test.each<[string, string, RegExp]>([
  [
    'a constraint that a row breaks at the target only',
    `CREATE FUNCTION good(text) RETURNS boolean LANGUAGE sql AS $$ SELECT $1 <> 'secret' OR current_setting('application_name') NOT LIKE 'cdk8s%' $$;
     ALTER TABLE people ADD CONSTRAINT good_name CHECK (good(name))`,
    /ERROR: {2}new row for relation "people" violates check constraint "good_name" \(.*people/,
  ],
  [
    "a function's exception over a row",
    `CREATE FUNCTION good(text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN IF current_setting('application_name') LIKE 'cdk8s%' THEN RAISE 'not %', $1; END IF; RETURN true; END $$;
     ALTER TABLE people ADD CHECK (good(name))`,
    /ERROR: the text of a function's exception, which may be data \(.*people/,
  ],
  [
    'a value that is none',
    `CREATE FUNCTION good(text) RETURNS boolean LANGUAGE sql AS $$ SELECT CASE WHEN current_setting('application_name') LIKE 'cdk8s%' THEN $1::int > 0 ELSE true END $$;
     ALTER TABLE people ADD CHECK (good(name))`,
    /ERROR: {2}invalid input syntax for type integer: "…" \(.*people/,
  ],
  [
    'an index expression',
    `CREATE FUNCTION code(text) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN RETURN CASE WHEN current_setting('application_name') LIKE 'cdk8s%' THEN $1::int ELSE 1 END; END $$;
     CREATE INDEX coded ON people (code(name))`,
    /ERROR: {2}invalid input syntax for type integer: "…" \(INDEX public coded\)/,
  ],
])('%s is told with its table, and without the row', async (_, sql, words) => {
  move.source.query(`INSERT INTO people VALUES (1, 'secret'); ${sql}`, database);
  for (const moveBigTableBytes of ['1', '1000000']) {
    const run = await move.run({ env: { MOVE_BIG_TABLE_BYTES: moveBigTableBytes } });
    expect([run.code, run.result.outcome]).toEqual([1, 'failed']);
    expect(run.result.findings.map(({ text }: any) => text).join('\n')).toMatch(words);
    expect(run.output + run.text! + JSON.stringify(run.report)).not.toContain('secret');
  }
});

test('a proof that the target cannot give is told in its words', async () => {
  move.source.query("INSERT INTO people VALUES (1, 'one')", database);
  expect((await move.run()).code).toBe(0);
  move.target.query('DROP TABLE people; CREATE VIEW people AS SELECT 1 / 0 AS id, NULL AS name', database);
  expectFailed(await move.run(), 'copy', {
    code: 'prove-rest/failed',
    text: `Database "${database}": prove-rest failed: ERROR:  division by zero`,
  });
});

test('the password of a user mapping is seen nowhere', async () => {
  move.source.query(
    `CREATE ROLE bob; CREATE FOREIGN DATA WRAPPER dummy; CREATE SERVER far FOREIGN DATA WRAPPER dummy;
     CREATE USER MAPPING FOR bob SERVER far OPTIONS (user 'b', password 'hunter2');
     CREATE FUNCTION forbid() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$`,
    database,
  );
  // The preflight sees no hindrance, and the copy does.
  move.target.query(`CREATE ROLE bob; CREATE DATABASE ${database}`);
  move.target.query(
    `CREATE SCHEMA extensions; CREATE FUNCTION pg_catalog.forbid() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no %', tg_tag; END $$;
     DROP SCHEMA extensions; CREATE EVENT TRIGGER forbidding ON ddl_command_start WHEN TAG IN ('CREATE USER MAPPING') EXECUTE FUNCTION pg_catalog.forbid()`,
    database,
  );
  for (const options of [{ command: 'preflight' }, {}]) {
    const run = await move.run(options);
    expect(run.result.findings.map(({ text }: any) => text).join('\n')).toMatch(
      /ERROR: {2}no CREATE USER MAPPING/,
    );
    expect(run.output + run.text! + JSON.stringify(run.report)).not.toContain('hunter2');
  }
  for (const server of [move.source, move.target]) {
    server.query(`DROP DATABASE ${database} WITH (FORCE)`);
    server.query('DROP ROLE bob');
  }
});
