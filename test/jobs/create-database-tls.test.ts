import { PostgresAddress } from '../../lib/database/address';
import { CertificateAuthority } from '../../lib/database/certificate-authority';
import { CreateDatabase } from '../../lib/database/create-database';
import { ExternalPostgres } from '../../lib/database/external-postgres';
import { PostgresTls } from '../../lib/database/tls';
import { TestAuthority } from '../postgres/authority';
import { PostgresServer, superuserPassword } from '../postgres/server';
import { requirePrograms } from '../programs';
import { objectOf, stageOf } from '../unit/stage';
import { runJob } from './pod';

requirePrograms({ psql: 'postgresql-client-15', pg_isready: 'postgresql-client-15' });

const authority = TestAuthority.create();
const other = TestAuthority.create();

let server: PostgresServer | undefined;

afterEach(() => server?.remove());

/** A server with a certificate of `authority`, made out to `name`; it accepts connections with TLS only. */
async function serverFor(name: string): Promise<PostgresServer> {
  server = await PostgresServer.create(authority.issue(name));
  await server.start();
  return server;
}

function run({ port }: PostgresServer, tls: PostgresTls, deadlineSeconds?: number) {
  const stage = stageOf();
  const address = PostgresAddress.fromHost('127.0.0.1', port);
  const postgres = ExternalPostgres.fromSecret(stage, 'server', { address, tls, secretName: 'login' });
  new CreateDatabase(stage, 'create', { postgres, databaseName: 'flows', jobName: 'create' });
  return runJob(objectOf(stage, 'Job'), {
    namespace: 'rhdh',
    secrets: {
      login: { POSTGRES_USER: 'postgres', POSTGRES_PASSWORD: superuserPassword },
      'right-ca': { 'ca.crt': authority.certificate },
    },
    configMaps: {
      'right-ca': { 'root.pem': authority.certificate },
      'wrong-ca': { 'ca.crt': other.certificate },
    },
    deadlineSeconds,
  });
}

const created = { code: 0, output: 'Database flows created\n' };
const right = CertificateAuthority.fromConfigMap('right-ca', 'root.pem');
const wrong = CertificateAuthority.fromConfigMap('wrong-ca');

test.each([
  ['verify-full', PostgresTls.verifyFull(right)],
  [
    'verify-full, its authority from a Secret',
    PostgresTls.verifyFull(CertificateAuthority.fromSecret('right-ca')),
  ],
  ['verify-ca', PostgresTls.verifyCa(right)],
  ['require', PostgresTls.require()],
])('a server with a certificate of the authority and the right name is used with %s', async (_, tls) => {
  expect(await run(await serverFor('IP:127.0.0.1'), tls)).toMatchObject(created);
});

test.each([
  ['verify-ca', PostgresTls.verifyCa(right)],
  ['require', PostgresTls.require()],
])('a certificate of another name is accepted with %s', async (_, tls) => {
  expect(await run(await serverFor('DNS:db.example.com'), tls)).toMatchObject(created);
});

test.each([
  [
    'verify-full and another authority',
    'IP:127.0.0.1',
    PostgresTls.verifyFull(wrong),
    'certificate verify failed',
  ],
  [
    'verify-ca and another authority',
    'IP:127.0.0.1',
    PostgresTls.verifyCa(wrong),
    'certificate verify failed',
  ],
  [
    'verify-full and another name',
    'DNS:db.example.com',
    PostgresTls.verifyFull(right),
    'server certificate for "db.example.com" (and 1 other name) does not match host name "127.0.0.1"',
  ],
  ['disable', 'IP:127.0.0.1', PostgresTls.disable(), 'no pg_hba.conf entry'],
])('with %s the server is not used, and the reason is told', async (_, name, tls, reason) => {
  const { code, output } = await run(await serverFor(name), tls, 4);
  expect(code).not.toBe(0);
  expect(output).toContain(reason);
  expect(output).not.toContain('created');
});
