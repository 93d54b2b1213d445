import { k8s } from 'cdk8s-plus-28';
import { cloudNativePgKeys } from '../../test/unit/servers';
import { DatabaseSecret } from './database-secret';
import { postgresContainer, type ServerContainer } from './server-container';

const server: ServerContainer = {
  image: 'postgres:15',
  secret: new DatabaseSecret('login'),
  secretExists: false,
  maxConnections: 400,
};

test('a Secret that was made for the server is given to it whole', () => {
  const { env, envFrom } = postgresContainer(server);
  expect(envFrom).toEqual([{ secretRef: { name: 'login' } }]);
  expect(env).toEqual([
    { name: 'POSTGRESQL_PORT_NUMBER', value: '5432' },
    { name: 'POSTGRESQL_VOLUME_DIR', value: '/var/lib/pgsql/data' },
    { name: 'PGDATA', value: '/var/lib/pgsql/data/userdata' },
    { name: 'POSTGRESQL_MAX_CONNECTIONS', value: '400' },
  ]);
});

test('an existing Secret is read under its keys, as it may lack those of the image', () => {
  const secret = new DatabaseSecret('login', cloudNativePgKeys);
  const { env, envFrom } = postgresContainer({ ...server, secret, secretExists: true });
  expect(envFrom).toBeUndefined();
  expect(env?.slice(4)).toEqual([
    { name: 'POSTGRESQL_ADMIN_PASSWORD', valueFrom: { secretKeyRef: { name: 'login', key: 'password' } } },
    { name: 'POSTGRES_USER', valueFrom: { secretKeyRef: { name: 'login', key: 'username' } } },
  ]);
});

test('the probes ask the server itself whether it accepts connections', () => {
  const { livenessProbe, readinessProbe } = postgresContainer(server);
  expect(livenessProbe?.exec?.command).toEqual([
    '/bin/sh',
    '-c',
    'exec pg_isready -U ${POSTGRES_USER} -h 127.0.0.1 -p 5432',
  ]);
  expect(readinessProbe?.exec?.command).toEqual([
    '/bin/sh',
    '-c',
    '-e',
    'exec pg_isready -U ${POSTGRES_USER} -h 127.0.0.1 -p 5432\n',
  ]);
});

test('the resources are those of the lab unless others are said', () => {
  expect(
    JSON.parse(JSON.stringify(k8s.toJson_ResourceRequirements(postgresContainer(server).resources))),
  ).toEqual({
    requests: { cpu: '500m', memory: '512Mi' },
    limits: { cpu: '2000m', memory: '1Gi', 'ephemeral-storage': '100Mi' },
  });
  const resources = { requests: { cpu: k8s.Quantity.fromNumber(4) } };
  expect(postgresContainer({ ...server, resources }).resources).toBe(resources);
});
