import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ObjectSet } from '../../cli/rollout/gates/object-set';
import { checkAnswer } from '../../cli/rollout/verify/check-server';
import { serverJob } from '../../cli/rollout/verify/server-job';
import { parseAnswer, serverScript } from '../../cli/rollout/verify/server-script';
import { PostgresServer, superuserPassword } from '../postgres/server';
import { requirePrograms } from '../programs';
import { runJob } from './pod';

requirePrograms({ psql: 'postgresql-client-15', shellcheck: 'shellcheck', openssl: 'openssl' });

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.create();
  await server.start();
  server.query('CREATE DATABASE backstage_plugin_catalog');
});
afterAll(() => server.remove());

interface Ask {
  readonly sslMode?: string;
  readonly password?: string;
  readonly user?: string;
  readonly databases?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the Job with the login of a hub. */
function ask({
  sslMode,
  user = 'postgres',
  password = superuserPassword,
  databases = ['postgres'],
  env,
}: Ask = {}) {
  const login = {
    POSTGRES_HOST: '127.0.0.1',
    POSTGRES_PORT: String(server.port),
    POSTGRES_USER: user,
    POSTGRES_PASSWORD: password,
  };
  const data = Object.entries(login).map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'login', namespace: 'rhdh' },
    data: Object.fromEntries(data) as Record<string, string>,
  };
  const container = {
    name: 'backstage-backend',
    envFrom: [{ secretRef: { name: 'login' } }],
    env: sslMode === undefined ? [] : [{ name: 'PGSSLMODE', value: sslMode }],
  };
  const workload = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'backstage-hub', namespace: 'rhdh' },
    spec: { template: { spec: { containers: [container] } } },
  };
  const job = serverJob(workload, new ObjectSet([secret]), {
    name: 'verify',
    image: 'example.com/psql',
    databases,
  });
  return runJob(job, { namespace: 'rhdh', secrets: { login }, env });
}

const expected = {
  hub: 'Backstage/hub',
  hubDatabases: { prefix: 'backstage_plugin_', names: [], unread: [] },
  databases: [],
  podAddresses: ['127.0.0.1'],
};

test('a server answers with its databases and the connections of the hub, without that of the Job', async () => {
  const { code, output } = await ask();
  expect(code).toBe(0);
  const answer = parseAnswer(output)!;
  expect(answer).toMatchObject({
    ssl: false,
    tls: null,
    databases: ['backstage_plugin_catalog', 'postgres'],
    database: 'postgres',
    schemas: ['public'],
    connections: [],
  });
  expect(answer.version).toMatch(/^15\./);
  expect(checkAnswer(answer, expected).map(({ outcome }) => outcome)).toEqual(['passed', 'passed', 'failed']);
});

test('a hub that is connected is seen with its database and address', async () => {
  const client = spawn('psql', ['-X', '-d', 'backstage_plugin_catalog'], {
    env: {
      PATH: process.env.PATH,
      PGHOST: '127.0.0.1',
      PGPORT: String(server.port),
      PGUSER: 'postgres',
      PGPASSWORD: superuserPassword,
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  client.stdin.write('SELECT 1;\n');
  await once(client.stdout, 'data');
  const answer = parseAnswer((await ask()).output)!;
  client.stdin.end();
  await once(client, 'close');
  expect(answer.connections).toEqual([
    { database: 'backstage_plugin_catalog', address: '127.0.0.1', ssl: false, count: 1 },
  ]);
  expect(checkAnswer(answer, expected).at(-1)).toMatchObject({
    outcome: 'passed',
    message: '1 databases with 1 connections, 1 from its pods',
  });
});

test('a login that may connect to one database alone asks from there', async () => {
  server.query("CREATE ROLE hub LOGIN PASSWORD 'hub'");
  server.query('CREATE DATABASE rhdh OWNER hub');
  server.query('CREATE SCHEMA catalog', 'rhdh');
  server.query('REVOKE CONNECT ON DATABASE postgres, backstage_plugin_catalog FROM PUBLIC');
  const databases = ['backstage_plugin_catalog', 'rhdh', 'postgres'];
  const { code, output } = await ask({ user: 'hub', password: 'hub', databases });
  expect(code).toBe(0);
  expect(parseAnswer(output)).toMatchObject({
    database: 'rhdh',
    schemas: ['catalog', 'public'],
    databases: ['backstage_plugin_catalog', 'postgres', 'rhdh'],
  });
  server.query('DROP DATABASE rhdh');
});

test('a wrong password is told, and not shown', async () => {
  const { code, output } = await ask({ password: 'not-the-password' });
  expect(code).toBe(2);
  expect(parseAnswer(output)).toBeUndefined();
  expect(output).toContain('FATAL:  password authentication failed for user "postgres"');
  expect(output).not.toContain('not-the-password');
});

test('a server without TLS does not pass for one that has it', async () => {
  const { code, output } = await ask({ sslMode: 'no-verify' });
  expect(code).toBe(2);
  expect(output).toContain('server does not support SSL, but SSL was required');
});

test('a server with TLS is verified with the authority of the hub, and refused without it', async () => {
  // The pod has a /tmp of its own.
  const folder = mkdtempSync('/var/tmp/authority-');
  chmodSync(folder, 0o755);
  const authority = join(folder, 'ca.crt');
  copyFileSync(server.enableTls(), authority);
  const encrypted = await ask({ sslMode: 'no-verify' });
  expect(parseAnswer(encrypted.output)).toMatchObject({ ssl: true, tls: 'TLSv1.3' });
  const verified = await ask({ sslMode: 'verify-full', env: { PGSSLROOTCERT: authority } });
  expect(parseAnswer(verified.output)).toMatchObject({ ssl: true, tls: 'TLSv1.3' });
  rmSync(folder, { recursive: true });
  const unknown = await ask({ sslMode: 'verify-full' });
  expect(unknown.code).toBe(2);
  expect(unknown.output).toContain('certificate verify failed');
});

test('shellcheck finds nothing in the script', () => {
  const checked = spawnSync('shellcheck', ['--shell=bash', '-'], { input: serverScript, encoding: 'utf8' });
  expect(checked).toMatchObject({ stdout: '', status: 0 });
});
