import { objectOf, objectsOf, stageOf } from '../../test/unit/stage';
import { serverCertificateConfig } from './server-certificate';

test('without certificate nothing is made or mounted', () => {
  const stage = stageOf();
  expect(serverCertificateConfig(stage, 'db', {}, undefined)).toEqual({ volumes: [], volumeMounts: [] });
  expect(objectsOf(stage)).toEqual([]);
});

test('with a certificate the server offers TLS, with a key that only owner and group can read', () => {
  const stage = stageOf();
  const { volumes, volumeMounts } = serverCertificateConfig(
    stage,
    'db',
    { app: 'db' },
    { secretName: 'db-tls-pair' },
  );
  expect(objectOf(stage, 'ConfigMap')).toMatchObject({
    metadata: { name: 'db-tls', namespace: 'rhdh', labels: { app: 'db' } },
    data: {
      'tls.conf':
        "ssl = on\nssl_cert_file = '/etc/postgres-tls/tls.crt'\nssl_key_file = '/etc/postgres-tls/tls.key'\n",
    },
  });
  expect(volumes).toEqual([
    { name: 'tls-config', configMap: { name: 'db-tls' } },
    { name: 'tls', secret: { secretName: 'db-tls-pair', defaultMode: 0o640 } },
  ]);
  expect(volumeMounts).toEqual([
    { name: 'tls-config', mountPath: '/opt/app-root/src/postgresql-cfg', readOnly: true },
    { name: 'tls', mountPath: '/etc/postgres-tls', readOnly: true },
  ]);
});
