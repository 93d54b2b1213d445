import * as fc from 'fast-check';
import { objectOf, stageOf } from '../../test/unit/stage';
import { warningsOf } from '../rules/warning';
import { PostgresAddress } from './address';
import { Credentials } from './credentials';
import { ExternalPostgres } from './external-postgres';
import { PostgresTls } from './tls';

function secretOf(credentials: Credentials) {
  const stage = stageOf();
  new ExternalPostgres(stage, 'server', {
    address: PostgresAddress.fromHost('db.example.com', 6432),
    tls: PostgresTls.disable(),
    credentials,
    secretName: 'login',
  });
  return { stage, secret: objectOf(stage, 'Secret') };
}

const decode = (data: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]),
  );

test("the Secret holds the login, the address, and the administrator's password of the image", () => {
  const { secret } = secretOf(Credentials.plainText('pass word', 'rhdh'));
  expect(secret.metadata).toEqual({ name: 'login', namespace: 'rhdh' });
  expect(secret.type).toBe('Opaque');
  expect(decode(secret.data)).toEqual({
    POSTGRESQL_ADMIN_PASSWORD: 'pass word',
    POSTGRES_HOST: 'db.example.com',
    POSTGRES_PASSWORD: 'pass word',
    POSTGRES_PORT: '6432',
    POSTGRES_USER: 'rhdh',
  });
});

test('the user is postgres unless another is said', () => {
  expect(decode(secretOf(Credentials.plainText('secret')).secret.data).POSTGRES_USER).toBe('postgres');
});

test('the caller is told that the password stands in the bundle, without being shown it', () => {
  const { stage } = secretOf(Credentials.plainText('hunter2'));
  expect(warningsOf(stage)).toEqual([
    '[0200-backstage/server] the password of Secret login stands in the bundle; keep the file out of Git',
  ]);
});

test('a password of any characters comes back from the Secret as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (password) => {
      const data = decode(secretOf(Credentials.plainText(password)).secret.data);
      expect([data.POSTGRES_PASSWORD, data.POSTGRESQL_ADMIN_PASSWORD]).toEqual([password, password]);
    }),
  );
});
