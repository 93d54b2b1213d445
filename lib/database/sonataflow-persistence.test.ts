import { CLOUD_NATIVE_PG_KEYS, OUTSIDE, serverIn, TLS_MODES } from '../../test/unit/servers';
import { stageOf } from '../../test/unit/stage';
import { PostgresAddress } from './address';

const TARGET = { database: 'flows', schema: 'greeting' };
const SECRET = { name: 'login', userKey: 'POSTGRES_USER', passwordKey: 'POSTGRES_PASSWORD' };

test('a Service without TLS is a serviceRef', () => {
  expect(serverIn(stageOf()).sonataFlowPersistence(TARGET)).toEqual({
    secretRef: SECRET,
    serviceRef: { name: 'db', namespace: 'data', databaseName: 'flows', databaseSchema: 'greeting' },
    volumes: [],
    volumeMounts: [],
  });
});

test('a serviceRef leaves out the schema that the operator takes by itself, and names a port that is not 5432', () => {
  const address = PostgresAddress.fromService('db', 'data', 6432);
  expect(
    serverIn(stageOf(), { address }).sonataFlowPersistence({ ...TARGET, schemaIsDefault: true }).serviceRef,
  ).toEqual({
    name: 'db',
    namespace: 'data',
    port: 6432,
    databaseName: 'flows',
  });
});

test('a server outside the cluster is a jdbcUrl, whose schema is always named', () => {
  expect(
    serverIn(stageOf(), { address: OUTSIDE }).sonataFlowPersistence({ ...TARGET, schemaIsDefault: true }),
  ).toEqual({
    secretRef: SECRET,
    jdbcUrl: 'jdbc:postgresql://db.example.com:6432/flows?currentSchema=greeting',
    volumes: [],
    volumeMounts: [],
  });
});

const VERIFIED = {
  volumes: [
    { name: 'postgres-ca', configMap: { name: 'db-ca', items: [{ key: 'root.pem', path: 'root.pem' }] } },
  ],
  volumeMounts: [{ name: 'postgres-ca', mountPath: '/etc/postgres-ca', readOnly: true }],
};

test.each([
  ['require', '&sslmode=require', { volumes: [], volumeMounts: [] }],
  ['verify-ca', '&sslmode=verify-ca&sslrootcert=%2Fetc%2Fpostgres-ca%2Froot.pem', VERIFIED],
  ['verify-full', '&sslmode=verify-full&sslrootcert=%2Fetc%2Fpostgres-ca%2Froot.pem', VERIFIED],
])('a Service with TLS mode %s is a jdbcUrl, as a serviceRef carries no TLS', (mode, parameters, files) => {
  expect(serverIn(stageOf(), { tls: TLS_MODES[mode] }).sonataFlowPersistence(TARGET)).toEqual({
    secretRef: SECRET,
    jdbcUrl: `jdbc:postgresql://db.data.svc.cluster.local:5432/flows?currentSchema=greeting${parameters}`,
    ...files,
  });
});

test('user and password of a Secret with keys of its own are named', () => {
  expect(serverIn(stageOf(), { keys: CLOUD_NATIVE_PG_KEYS }).sonataFlowPersistence(TARGET).secretRef).toEqual(
    {
      name: 'login',
      userKey: 'username',
      passwordKey: 'password',
    },
  );
});
