import { objectOf, stageOf } from '../../test/unit/stage';
import { Credentials } from './credentials';
import { type ExternalSecretProps, SecretStoreKind } from './external-secret';
import { PostgresStatefulSet } from './postgres-statefulset';

function externalSecretOf(props: ExternalSecretProps) {
  const stage = stageOf();
  new PostgresStatefulSet(stage, 'server', { name: 'db', credentials: Credentials.externalSecret(props) });
  return objectOf(stage, 'ExternalSecret');
}

test('every property reaches the ExternalSecret', () => {
  const props: Required<ExternalSecretProps> = {
    storeName: 'vault',
    storeKind: SecretStoreKind.SECRET_STORE,
    remoteKey: 'rhdh/postgres',
    userProperty: 'login',
    passwordProperty: 'secret',
    refreshInterval: '15m',
  };
  const { apiVersion, spec } = externalSecretOf(props);
  expect(apiVersion).toBe('external-secrets.io/v1');
  expect(spec.secretStoreRef).toEqual({ name: 'vault', kind: 'SecretStore' });
  expect(spec.refreshInterval).toBe('15m');
  expect(spec.data).toEqual([
    { secretKey: 'user', remoteRef: { key: 'rhdh/postgres', property: 'login' } },
    { secretKey: 'password', remoteRef: { key: 'rhdh/postgres', property: 'secret' } },
  ]);
});

test('the store is a ClusterSecretStore, read each hour, unless said otherwise', () => {
  const { spec } = externalSecretOf({ storeName: 'vault', remoteKey: 'rhdh/postgres' });
  expect(spec.secretStoreRef).toEqual({ name: 'vault', kind: 'ClusterSecretStore' });
  expect(spec.refreshInterval).toBe('1h');
  expect(spec.data.map(({ remoteRef }: any) => remoteRef.property)).toEqual(['username', 'password']);
});

test('the Secret it makes has the keys of every other Secret, and is announced', () => {
  const { metadata, spec } = externalSecretOf({ storeName: 'vault', remoteKey: 'rhdh/postgres' });
  expect(metadata).toEqual({
    name: 'db-secret',
    namespace: 'rhdh',
    labels: { app: 'db' },
    annotations: { 'cdk8s-rhdh/provides': 'Secret/db-secret' },
  });
  expect(spec.target).toEqual({
    name: 'db-secret',
    template: {
      engineVersion: 'v2',
      data: {
        POSTGRESQL_ADMIN_PASSWORD: '{{ .password }}',
        POSTGRES_HOST: 'db.rhdh.svc.cluster.local',
        POSTGRES_PASSWORD: '{{ .password }}',
        POSTGRES_PORT: '5432',
        POSTGRES_USER: '{{ .user }}',
      },
    },
  });
});
