import { dump } from '../dump';
import { type Login, Move, type MoveOptions } from '../move';

const database = 'backstage_plugin_catalog';
const password = ` "it's" $(id) \`id\` \\ %s %25 #!&|;<>*?[]{}~^=@:/é\t€ `;

let move: Move;

beforeAll(async () => {
  move = await Move.start();
  await move.source.stop();
  await move.source.start({ max_prepared_transactions: '5' });
  move.source.query(`CREATE DATABASE ${database} ENCODING 'UTF8'`);
  move.source.query('CREATE TABLE small (id int); INSERT INTO small VALUES (1)', database);
});

afterEach(() => move.target.databases().forEach((name) => move.target.query(`DROP DATABASE "${name}"`)));

afterAll(() => move.remove());

/** Expects exactly these findings, each with its code and text, and that nothing was written. */
async function expectRefused(options: MoveOptions, findings: Record<string, string>): Promise<void> {
  const before = move.target.databases();
  const { code, result } = await move.run(options);
  expect(
    Object.fromEntries(
      result.findings
        .filter(({ level }: any) => level === 'refuses')
        .map((finding: any) => [finding.code, finding.text]),
    ),
  ).toEqual(findings);
  expect([code, result.outcome]).toEqual([2, 'refused']);
  expect(move.target.databases()).toEqual(before);
}

function createRole(server: Move['source'], { user, password }: Login, options = ''): void {
  server.query(`CREATE ROLE "${user}" LOGIN ${options} PASSWORD '${password.replaceAll("'", "''")}'`);
}

test.each(['source', 'target'] as const)('a wrong password at the %s', async (side) => {
  const login = { user: 'postgres', password: 'wrong' };
  await expectRefused(side === 'source' ? { sourceLogin: login } : { targetLogin: login }, {
    [`${side}/unreachable`]: `The ${side} cannot be reached: psql: error: connection to server at "127.0.0.1", port ${move[side].port} failed: FATAL:  password authentication failed for user "postgres"`,
  });
});

test('a role of the target that may not create databases', async () => {
  const targetLogin = { user: 'poor', password: 'p' };
  createRole(move.target, targetLogin);
  await expectRefused(
    { targetLogin },
    {
      'target/may-not-create': `Role poor of the target may not create databases and "${database}" is not there: grant it CREATEDB, or create the database empty, owned by it, with encoding UTF8.`,
    },
  );
});

test("a database of the target that is empty and somebody else's", async () => {
  const targetLogin = { user: 'other', password: 'p' };
  createRole(move.target, targetLogin, 'CREATEDB');
  move.target.query(`CREATE DATABASE ${database}`);
  await expectRefused(
    { targetLogin },
    {
      'target/not-owner': `Database "${database}" of the target belongs to postgres, and role other is no member of it: make it the owner.`,
    },
  );
});

test('a database of the target with another encoding', async () => {
  move.target.query(`CREATE DATABASE ${database} TEMPLATE template0 ENCODING 'LATIN1'`);
  await expectRefused(
    {},
    {
      'target/encoding': `Database "${database}" has encoding UTF8 in the source and LATIN1 in the target: create it with encoding UTF8, or drop it.`,
    },
  );
});

test.each([
  ['a table', 'CREATE TABLE mine (id int)', 'table public.mine'],
  [
    'a table in a schema of its own',
    'CREATE SCHEMA s; CREATE TABLE s.mine ()',
    'schema s and 1 more objects',
  ],
  ['a view', 'CREATE MATERIALIZED VIEW mine AS SELECT 1 AS one', 'table public.mine'],
  ['a sequence', 'CREATE SEQUENCE mine', 'sequence public.mine'],
  ['a function', 'CREATE FUNCTION mine() RETURNS int LANGUAGE sql RETURN 1', 'function public.mine()'],
  ['a type', "CREATE TYPE mine AS ENUM ('a')", 'type public.mine'],
  ['a schema', 'CREATE SCHEMA mine', 'schema mine'],
  ['a large object', "SELECT lo_from_bytea(1, 'mine')", 'large objects'],
  [
    'a copy of another server',
    `CREATE SCHEMA cdk8s_rhdh;
     CREATE TABLE cdk8s_rhdh.move AS SELECT 1::bigint AS source_system, '${database}'::text AS source_database, 'proven'::text AS state, true AS created`,
    `it is the copy of database "${database}" of another server or name`,
  ],
])('a database of the target in which somebody has %s', async (_, sql, what) => {
  move.target.query(`CREATE DATABASE ${database}`);
  move.target.query(sql, database);
  const before = dump(move.target, database);
  await expectRefused(
    {},
    {
      'target/occupied': `Database "${database}" of the target holds data that this move did not write: ${what}. It is left as it is; drop or rename it, or exclude the database.`,
    },
  );
  expect(dump(move.target, database)).toEqual(before);
});

test('a role of the source that may not read everything', async () => {
  const sourceLogin = { user: 'reader', password: 'p' };
  createRole(move.source, sourceLogin);
  await expectRefused(
    { sourceLogin },
    {
      'source/may-not-read': `The login of the source may not read public.small of database ${database}: take that of the owner, of a member of pg_read_all_data, or a superuser.`,
    },
  );
});

test('a table with row security, of which one of the roles would see a part', async () => {
  const [sourceLogin, targetLogin] = [
    { user: 'part', password: 'p' },
    { user: 'owner', password: 'p' },
  ];
  createRole(move.source, sourceLogin);
  createRole(move.target, targetLogin, 'CREATEDB');
  move.source.query(
    `GRANT pg_read_all_data TO part; CREATE TABLE secured (id int);
     ALTER TABLE secured ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`,
    database,
  );
  try {
    await expectRefused(
      { sourceLogin, targetLogin },
      {
        'source/may-not-read': `The login of the source may not read public.secured of database ${database}: take that of the owner, of a member of pg_read_all_data, or a superuser.`,
        'target/row-security': `Table public.secured of database "${database}" hides rows even from its owner, which role owner of the target would be: grant it BYPASSRLS, or the copy cannot be proven.`,
      },
    );
  } finally {
    move.source.query('DROP TABLE secured', database);
  }
});

test('findings of both servers are told at once', async () => {
  const targetLogin = { user: 'poorest', password: 'p' };
  createRole(move.target, targetLogin);
  move.source.query(`BEGIN; CREATE TABLE open (); PREPARE TRANSACTION ' a "b" '`, database);
  try {
    await expectRefused(
      { targetLogin },
      {
        'source/prepared-transaction': `Transaction " a \\"b\\" " is prepared in database ${database} of the source and neither committed nor rolled back; end it first.`,
        'target/may-not-create': `Role poorest of the target may not create databases and "${database}" is not there: grant it CREATEDB, or create the database empty, owned by it, with encoding UTF8.`,
      },
    );
  } finally {
    move.source.query(`ROLLBACK PREPARED ' a "b" '`, database);
  }
});

test('a password of every hostile character works on both sides and is seen nowhere', async () => {
  const login = { user: `it's "hostile" \\ é`, password };
  const quoted = { ...login, user: login.user.replaceAll('"', '""') };
  createRole(move.source, quoted, 'SUPERUSER');
  createRole(move.target, quoted, 'CREATEDB');
  const run = await move.run({ sourceLogin: login, targetLogin: login, watchArguments: true });
  expect(run.result).toMatchObject({ outcome: 'proven', databases: [{ equal: true }] });
  const seen = [run.output, JSON.stringify(run.report), run.text, ...run.arguments];
  expect(seen.filter((text) => text?.includes(password.trim()) || text?.includes(`$(id)`))).toEqual([]);
  expect(run.arguments.some((line) => line.includes('pg_restore'))).toBe(true);
});
