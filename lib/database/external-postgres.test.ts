import { CLOUD_NATIVE_PG_KEYS, OUTSIDE, TLS_MODES } from '../../test/unit/servers';
import { objectOf, objectsOf, problemsOf, stageOf } from '../../test/unit/stage';
import { Credentials } from './credentials';
import {
  ExternalPostgres,
  ExternalPostgresFromSecretProps,
  ExternalPostgresProps,
} from './external-postgres';
import { PostgresVersion } from './version';

test('every property reaches the server', () => {
  const props: Required<ExternalPostgresProps> = {
    address: OUTSIDE,
    tls: TLS_MODES['verify-full'],
    maxConnections: 200,
    maintenanceDatabase: 'rhdh',
    clientImage: 'registry.example.com/psql:16',
    credentials: Credentials.plainText('secret'),
    secretName: 'rds',
  };
  const stage = stageOf();
  const server = new ExternalPostgres(stage, 'server', props);
  expect(server.address).toBe(OUTSIDE);
  expect(server.tls).toBe(TLS_MODES['verify-full']);
  expect([server.maxConnections, server.maintenanceDatabase, server.clientImage, server.secret.name]).toEqual(
    [200, 'rhdh', 'registry.example.com/psql:16', 'rds'],
  );
  expect(objectOf(stage, 'Secret').metadata.name).toBe('rds');
  expect(server.namespace).toBe('rhdh');
  expect(problemsOf(server)).toEqual([]);
});

test('every property of a server with an existing Secret reaches it, and nothing is made', () => {
  const props: Required<ExternalPostgresFromSecretProps> = {
    address: OUTSIDE,
    tls: TLS_MODES.require,
    maxConnections: 200,
    clientImage: 'registry.example.com/psql:16',
    maintenanceDatabase: 'rhdh',
    secretName: 'rds',
    keys: CLOUD_NATIVE_PG_KEYS,
  };
  const stage = stageOf();
  const server = ExternalPostgres.fromSecret(stage, 'server', props);
  expect(server.address).toBe(OUTSIDE);
  expect(server.tls).toBe(TLS_MODES.require);
  expect([server.maxConnections, server.clientImage, server.secret.name]).toEqual([
    200,
    'registry.example.com/psql:16',
    'rds',
  ]);
  expect(server.secret._keys()).toEqual(CLOUD_NATIVE_PG_KEYS);
  expect(objectsOf(stage)).toEqual([]);
});

test('the Secret is called external-postgres and the client is of PostgreSQL 15, unless said otherwise', () => {
  const credentials = Credentials.plainText('secret');
  const server = new ExternalPostgres(stageOf(), 'server', {
    address: OUTSIDE,
    tls: TLS_MODES.require,
    credentials,
  });
  expect(server.secret.name).toBe('external-postgres');
  expect(server.clientImage).toBe(PostgresVersion.V15.image);
  expect(server.maxConnections).toBeUndefined();
});
