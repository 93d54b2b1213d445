import { cloudNativePgKeys, outside, serverIn, tlsModes } from '../../test/unit/servers';
import { stageOf } from '../../test/unit/stage';
import { PostgresAddress } from './address';

const target = { database: 'flows', schema: 'greeting' };
const secret = { name: 'login', userKey: 'POSTGRES_USER', passwordKey: 'POSTGRES_PASSWORD' };

test('a Service without TLS is a serviceRef', () => {
  expect(serverIn(stageOf()).sonataFlowPersistence(target)).toEqual({
    secretRef: secret,
    serviceRef: { name: 'db', namespace: 'data', databaseName: 'flows', databaseSchema: 'greeting' },
    volumes: [],
    volumeMounts: [],
  });
});

test('a serviceRef leaves out the schema that the operator takes by itself, and names a port that is not 5432', () => {
  const address = PostgresAddress.fromService('db', 'data', 6432);
  expect(
    serverIn(stageOf(), { address }).sonataFlowPersistence({ ...target, schemaIsDefault: true }).serviceRef,
  ).toEqual({
    name: 'db',
    namespace: 'data',
    port: 6432,
    databaseName: 'flows',
  });
});

test('a server outside the cluster is a jdbcUrl, whose schema is always named', () => {
  expect(
    serverIn(stageOf(), { address: outside }).sonataFlowPersistence({ ...target, schemaIsDefault: true }),
  ).toEqual({
    secretRef: secret,
    jdbcUrl: 'jdbc:postgresql://db.example.com:6432/flows?currentSchema=greeting',
    volumes: [],
    volumeMounts: [],
  });
});

const verified = {
  volumes: [
    { name: 'postgres-ca', configMap: { name: 'db-ca', items: [{ key: 'root.pem', path: 'root.pem' }] } },
  ],
  volumeMounts: [{ name: 'postgres-ca', mountPath: '/etc/postgres-ca', readOnly: true }],
};

test.each([
  ['require', '&sslmode=require', { volumes: [], volumeMounts: [] }],
  ['verify-ca', '&sslmode=verify-ca&sslrootcert=%2Fetc%2Fpostgres-ca%2Froot.pem', verified],
  ['verify-full', '&sslmode=verify-full&sslrootcert=%2Fetc%2Fpostgres-ca%2Froot.pem', verified],
])('a Service with TLS mode %s is a jdbcUrl, as a serviceRef carries no TLS', (mode, parameters, files) => {
  expect(serverIn(stageOf(), { tls: tlsModes[mode] }).sonataFlowPersistence(target)).toEqual({
    secretRef: secret,
    jdbcUrl: `jdbc:postgresql://db.data.svc.cluster.local:5432/flows?currentSchema=greeting${parameters}`,
    ...files,
  });
});

test('user and password of a Secret with keys of its own are named', () => {
  expect(serverIn(stageOf(), { keys: cloudNativePgKeys }).sonataFlowPersistence(target).secretRef).toEqual({
    name: 'login',
    userKey: 'username',
    passwordKey: 'password',
  });
});
