import { CreateDatabase } from '../../lib/database/create-database';
import { ExternalPostgres } from '../../lib/database/external-postgres';
import { PostgresAddress } from '../../lib/database/address';
import { PostgresTls } from '../../lib/database/tls';
import { PostgresServer, superuserPassword } from '../postgres/server';
import { requirePrograms } from '../programs';
import { objectOf, stageOf } from '../unit/stage';
import { runJob } from './pod';

requirePrograms({ psql: 'postgresql-client-15', pg_isready: 'postgresql-client-15' });

let server: PostgresServer;

beforeEach(async () => {
  server = await PostgresServer.create();
});

afterEach(() => server.remove());

interface Run {
  readonly databaseName: string;
  readonly user?: string;
  readonly password?: string;
  readonly tls?: PostgresTls;
  readonly deadlineSeconds?: number;
  readonly maintenanceDatabase?: string;
}

function run({
  databaseName,
  user = 'postgres',
  password = superuserPassword,
  tls = PostgresTls.disable(),
  deadlineSeconds,
  maintenanceDatabase,
}: Run) {
  const stage = stageOf();
  const address = PostgresAddress.fromHost('127.0.0.1', server.port);
  const postgres = ExternalPostgres.fromSecret(stage, 'server', {
    address,
    tls,
    secretName: 'login',
    maintenanceDatabase,
  });
  new CreateDatabase(stage, 'create', { postgres, databaseName, jobName: 'create' });
  const secrets = { login: { POSTGRES_USER: user, POSTGRES_PASSWORD: password } };
  return runJob(objectOf(stage, 'Job'), { namespace: 'rhdh', secrets, deadlineSeconds });
}

test('the database is created, and a second run finds it', async () => {
  await server.start();
  expect(await run({ databaseName: 'rhdh-ls' })).toMatchObject({
    code: 0,
    output: 'Database rhdh-ls created\n',
  });
  expect(await run({ databaseName: 'rhdh-ls' })).toMatchObject({
    code: 0,
    output: 'Database rhdh-ls exists already\n',
  });
  expect(server.databases()).toEqual(['rhdh-ls']);
});

test('a login that may connect to its own database alone learns that it is there', async () => {
  await server.start();
  server.query("CREATE ROLE hub LOGIN PASSWORD 'hub'");
  server.query('CREATE DATABASE hub OWNER hub');
  server.query('REVOKE CONNECT ON DATABASE postgres FROM PUBLIC');
  const login = { user: 'hub', password: 'hub' };
  expect(await run({ databaseName: 'hub', ...login })).toMatchObject({
    code: 0,
    output: 'Database hub exists already\n',
  });
  expect(await run({ databaseName: 'other', ...login })).not.toMatchObject({ code: 0 });
});

test('another database is created from the one that the login may connect to', async () => {
  await server.start();
  server.query("CREATE ROLE hub LOGIN CREATEDB PASSWORD 'hub'");
  server.query('CREATE DATABASE hub OWNER hub');
  server.query('REVOKE CONNECT ON DATABASE postgres FROM PUBLIC');
  expect(
    await run({ databaseName: 'other', user: 'hub', password: 'hub', maintenanceDatabase: 'hub' }),
  ).toMatchObject({ code: 0, output: 'Database other created\n' });
});

test('a name is a name, whatever is in it', async () => {
  await server.start();
  const names = [
    `with "double" and 'single' quotes`,
    'precious"; DROP DATABASE precious; --',
    "precious'; DROP DATABASE precious; --",
    ' spaces \t around ',
    'Upper Größe 数据库 🐘',
    'back\\slash \\q \\! touch /tmp/x',
    ':name :\'name\' :"name"',
    '$(PGPASSWORD) $$ ${PGPASSWORD} `id`',
    '-v',
    'two\nlines',
    'ü'.repeat(31),
  ];
  server.query('CREATE DATABASE precious');
  for (const databaseName of names) {
    expect(await run({ databaseName })).toMatchObject({
      code: 0,
      output: `Database ${databaseName} created\n`,
    });
    expect(await run({ databaseName })).toMatchObject({
      code: 0,
      output: `Database ${databaseName} exists already\n`,
    });
  }
  expect(server.databases()).toEqual(['precious', ...names].sort());
});

test('a server that starts later is waited for, and the reason is told', async () => {
  const running = run({ databaseName: 'late' });
  await new Promise((resolve) => setTimeout(resolve, 3000));
  await server.start();
  const { code, output } = await running;
  expect(code).toBe(0);
  expect(output).toContain(
    `Waiting for PostgreSQL at 127.0.0.1:${server.port}: psql: error: connection to server`,
  );
  expect(output).toContain('Connection refused');
  expect(output).toMatch(/\nDatabase late created\n$/);
});

test('a server without the TLS that is demanded is not used, and the reason is told', async () => {
  await server.start();
  const { code, output } = await run({
    databaseName: 'flows',
    tls: PostgresTls.require(),
    deadlineSeconds: 4,
  });
  expect(code).toBeNull();
  expect(output).toContain('server does not support SSL, but SSL was required');
  expect(server.databases()).toEqual([]);
});

test('runs at the same time all succeed, and one of them creates the database', async () => {
  await server.start();
  const results = await Promise.all(Array.from({ length: 4 }, () => run({ databaseName: 'shared' })));
  expect(results.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  expect(results.filter(({ output }) => output === 'Database shared created\n')).toHaveLength(1);
  expect(server.databases()).toEqual(['shared']);
});

test('a role that may not create databases is told so', async () => {
  await server.start();
  server.query("CREATE ROLE reader LOGIN PASSWORD 'secret'");
  expect(await run({ databaseName: 'flows', user: 'reader', password: 'secret' })).toMatchObject({
    code: 1,
    output: 'Database flows was not created: ERROR:  permission denied to create database\n',
  });
  expect(server.databases()).toEqual([]);
});

test('a wrong password is told once, and is not shown', async () => {
  await server.start();
  const { code, output } = await run({ databaseName: 'flows', password: 'not-the-password' });
  expect(code).toBe(2);
  expect(output).toBe(
    `psql: error: connection to server at "127.0.0.1", port ${server.port} failed: ` +
      'FATAL:  password authentication failed for user "postgres"\n',
  );
});

test('neither output nor arguments of any process hold the password', async () => {
  const running = run({ databaseName: 'flows' });
  await new Promise((resolve) => setTimeout(resolve, 500));
  await server.start();
  const { code, output, arguments: lines } = await running;
  expect(code).toBe(0);
  expect(lines.some((line) => line.startsWith('psql ') || line.includes('/psql '))).toBe(true);
  expect([output, ...lines].filter((line) => line.includes(superuserPassword))).toEqual([]);
});
