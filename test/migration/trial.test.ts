import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Login, Move, type MoveOptions } from './move';

const database = 'backstage_plugin_app';
const login: Login = { user: 'hub', password: 'p' };

let move: Move;

beforeAll(async () => {
  move = await Move.start();
  move.target.query("CREATE ROLE hub LOGIN CREATEDB PASSWORD 'p'");
});

beforeEach(() => void move.source.query(`CREATE DATABASE ${database}`));

afterEach(() => {
  for (const server of [move.source, move.target]) {
    server.databases().forEach((name) => server.query(`DROP DATABASE "${name}" WITH (FORCE)`));
  }
});

afterAll(() => move.remove());

async function findings(options: MoveOptions = {}): Promise<{ outcome: string; told: string[] }> {
  const { result } = await move.run({ command: 'preflight', targetLogin: login, ...options });
  const told = result.findings
    .filter(({ code }: any) => code !== 'target/room')
    .map(({ level, code, text }: any) => `${level} ${code}: ${text}`);
  return { outcome: result.outcome, told };
}

const cannot = `refuses target/trial: What database "${database}" is made of cannot be made at the target by this login: `;

describe('what the login of the target may not make is found before the hub is stopped', () => {
  test.each<[string, string, string]>([
    [
      'an untrusted extension',
      'CREATE EXTENSION pageinspect',
      'ERROR:  permission denied to create extension "pageinspect" (EXTENSION - pageinspect)',
    ],
    [
      'an event trigger',
      'CREATE FUNCTION see() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$; CREATE EVENT TRIGGER seeing ON ddl_command_end EXECUTE FUNCTION see()',
      'ERROR:  permission denied to create event trigger "seeing" (EVENT TRIGGER - seeing)',
    ],
    [
      'LEAKPROOF',
      'CREATE FUNCTION f(int) RETURNS int LANGUAGE sql LEAKPROOF RETURN $1',
      'ERROR:  only superuser can define a leakproof function (FUNCTION public f(integer))',
    ],
    [
      'an index expression that needs a search path',
      `CREATE TABLE t (name text); INSERT INTO t VALUES ('secret');
       CREATE FUNCTION helper(text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT lower($1)';
       CREATE FUNCTION key(text) RETURNS text IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN RETURN helper($1); END $$;
       CREATE INDEX ON t (key(name))`,
      'ERROR:  function helper(text) does not exist (COPY cdk8s_rhdh_trial_1, line 1)',
    ],
  ])('%s', async (_, sql, words) => {
    move.source.query(sql, database);
    expect(await findings()).toEqual({ outcome: 'refused', told: [`${cannot}${words}`] });
    expect(move.target.databases()).toEqual([]);
    expect((await findings({ props: { trial: false } })).outcome).toBe('ready');
  });

  test('a locale that the target lacks', async () => {
    const locales = mkdtempSync(join(tmpdir(), 'locales-'));
    chmodSync(locales, 0o755);
    // Of the same letters as another, under a name that the server of the target does not find.
    cpSync('/usr/lib/locale/C.utf8', join(locales, 'de_AT.utf8'), { recursive: true });
    try {
      await move.source.stop();
      await move.source.start({}, { LOCPATH: locales });
      move.source.query(
        `DROP DATABASE ${database}; CREATE DATABASE ${database} TEMPLATE template0 LOCALE 'de_AT.utf8'`,
      );
      expect(await findings()).toEqual({
        outcome: 'refused',
        told: [`${cannot}ERROR:  invalid locale name: "de_AT.utf8"`],
      });
      move.target.query(`CREATE DATABASE ${database} OWNER hub`);
      expect(await findings()).toEqual({
        outcome: 'ready',
        told: [
          `notes target/collation: Database "${database}" sorts text by de_AT.utf8 in the source and by C in the target, where it was there already.`,
        ],
      });
      move.source.query(`DROP DATABASE ${database}`);
    } finally {
      rmSync(locales, { recursive: true });
      await move.source.stop();
      await move.source.start();
    }
  });

  test('a role that a policy names', async () => {
    move.source.query(
      'CREATE ROLE readers; CREATE TABLE t (id int); ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t TO readers USING (true)',
      database,
    );
    expect((await findings()).told).toEqual([
      `refuses target/role: Role "readers", which a policy or user mapping of database "${database}" names, is not there in the target: create it, or change what names it.`,
    ]);
  });
});

test('a database that is there is tried in a transaction, with what an administrator put into it', async () => {
  move.source.query('CREATE EXTENSION pageinspect; CREATE TABLE t (id int)', database);
  move.target.query(`CREATE DATABASE ${database} OWNER hub`);
  expect((await findings()).outcome).toBe('refused');
  move.target.query('CREATE EXTENSION pageinspect', database);
  expect(await findings()).toEqual({ outcome: 'ready', told: [] });
  expect(move.target.query("SELECT count(*) FROM pg_class WHERE relname = 't'", database)).toEqual(['0']);
});

test('large objects that the login may not read', async () => {
  move.source.query("CREATE ROLE reader LOGIN PASSWORD 'p' IN ROLE pg_read_all_data");
  move.source.query("SELECT lo_from_bytea(7, 'x')", database);
  expect((await findings({ sourceLogin: { user: 'reader', password: 'p' } })).told).toContain(
    `refuses source/may-not-read: The login of the source may not read 1 large objects of database ${database}, which pg_read_all_data does not cover: take that of their owner, or a superuser.`,
  );
});

test('a database whose owner the login is a member of, without its rights', async () => {
  move.target.query(
    `CREATE ROLE owners; CREATE ROLE poor LOGIN NOINHERIT PASSWORD 'p' IN ROLE owners; CREATE DATABASE ${database} OWNER owners`,
  );
  expect((await findings({ targetLogin: { user: 'poor', password: 'p' } })).told).toContain(
    `refuses target/not-owner: Database "${database}" of the target belongs to owners, and role poor is a member of it that does not inherit its rights: make it the owner.`,
  );
});
