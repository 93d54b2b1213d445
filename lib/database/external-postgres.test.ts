import { cloudNativePgKeys, outside, tlsModes } from '../../test/unit/servers';
import { objectOf, objectsOf, problemsOf, stageOf } from '../../test/unit/stage';
import { Credentials } from './credentials';
import {
  ExternalPostgres,
  type ExternalPostgresFromSecretProps,
  type ExternalPostgresProps,
} from './external-postgres';
import { PostgresVersion } from './version';

test('every property reaches the server', () => {
  const props: Required<ExternalPostgresProps> = {
    address: outside,
    tls: tlsModes['verify-full'],
    maxConnections: 200,
    maintenanceDatabase: 'rhdh',
    clientImage: 'registry.example.com/psql:16',
    credentials: Credentials.plainText('secret'),
    secretName: 'rds',
  };
  const stage = stageOf();
  const server = new ExternalPostgres(stage, 'server', props);
  expect(server.address).toBe(outside);
  expect(server.tls).toBe(tlsModes['verify-full']);
  expect([server.maxConnections, server.maintenanceDatabase, server.clientImage, server.secret.name]).toEqual(
    [200, 'rhdh', 'registry.example.com/psql:16', 'rds'],
  );
  expect(objectOf(stage, 'Secret').metadata.name).toBe('rds');
  expect(server.namespace).toBe('rhdh');
  expect(problemsOf(server)).toEqual([]);
});

test('every property of a server with an existing Secret reaches it, and nothing is made', () => {
  const props: Required<ExternalPostgresFromSecretProps> = {
    address: outside,
    tls: tlsModes.require,
    maxConnections: 200,
    clientImage: 'registry.example.com/psql:16',
    maintenanceDatabase: 'rhdh',
    secretName: 'rds',
    keys: cloudNativePgKeys,
  };
  const stage = stageOf();
  const server = ExternalPostgres.fromSecret(stage, 'server', props);
  expect(server.address).toBe(outside);
  expect(server.tls).toBe(tlsModes.require);
  expect([server.maxConnections, server.clientImage, server.secret.name]).toEqual([
    200,
    'registry.example.com/psql:16',
    'rds',
  ]);
  expect(server.secret._keys()).toEqual(cloudNativePgKeys);
  expect(objectsOf(stage)).toEqual([]);
});

test('the Secret is called external-postgres and the client is of PostgreSQL 15, unless said otherwise', () => {
  const credentials = Credentials.plainText('secret');
  const server = new ExternalPostgres(stageOf(), 'server', {
    address: outside,
    tls: tlsModes.require,
    credentials,
  });
  expect(server.secret.name).toBe('external-postgres');
  expect(server.clientImage).toBe(PostgresVersion.V15.image);
  expect(server.maxConnections).toBeUndefined();
});
