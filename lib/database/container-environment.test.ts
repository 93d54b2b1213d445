import { authority, cloudNativePgKeys, serverIn, tlsModes } from '../../test/unit/servers';
import { stageOf } from '../../test/unit/stage';
import { authorityPath } from './container-environment';

const fromKey = (name: string, key: string) => ({
  name,
  valueFrom: { secretKeyRef: { name: 'login', key } },
});
const volume = {
  name: 'postgres-ca',
  configMap: { name: 'db-ca', items: [{ key: 'root.pem', path: 'root.pem' }] },
};
const mount = { name: 'postgres-ca', mountPath: '/etc/postgres-ca', readOnly: true };
const rootCertificate = { name: 'PGSSLROOTCERT', value: '/etc/postgres-ca/root.pem' };

const tlsOfLibpq: [string, object[], object[], object[]][] = [
  ['require', [{ name: 'PGSSLMODE', value: 'require' }], [], []],
  ['verify-ca', [{ name: 'PGSSLMODE', value: 'verify-ca' }, rootCertificate], [volume], [mount]],
  ['verify-full', [{ name: 'PGSSLMODE', value: 'verify-full' }, rootCertificate], [volume], [mount]],
];

test('the file of the authority is found under its key', () => {
  expect(authorityPath(authority)).toBe('/etc/postgres-ca/root.pem');
});

describe('sidecar', () => {
  const address = [
    { name: 'POSTGRES_HOST', value: 'db.data.svc.cluster.local' },
    { name: 'POSTGRES_PORT', value: '5432' },
  ];

  test('gets a Secret that fits whole, and the address beside it', () => {
    expect(serverIn(stageOf()).sidecarEnvironment()).toEqual({
      env: address,
      envFrom: [{ secretRef: { name: 'login' } }],
      volumes: [],
      volumeMounts: [],
    });
  });

  test('gets a Secret with keys of its own key by key', () => {
    expect(serverIn(stageOf(), { keys: cloudNativePgKeys }).sidecarEnvironment()).toEqual({
      env: [
        fromKey('POSTGRES_HOST', 'host'),
        fromKey('POSTGRES_PORT', 'port'),
        fromKey('POSTGRES_USER', 'username'),
        fromKey('POSTGRES_PASSWORD', 'password'),
      ],
      envFrom: [],
      volumes: [],
      volumeMounts: [],
    });
  });

  test.each(tlsOfLibpq)(
    'gets TLS mode %s in the words of libpq',
    (mode, variables, volumes, volumeMounts) => {
      expect(serverIn(stageOf(), { tls: tlsModes[mode] }).sidecarEnvironment()).toEqual({
        env: [...address, ...variables],
        envFrom: [{ secretRef: { name: 'login' } }],
        volumes,
        volumeMounts,
      });
    },
  );
});

describe('Job', () => {
  const login = [
    { name: 'PGHOST', value: 'db.data.svc.cluster.local' },
    { name: 'PGPORT', value: '5432' },
    fromKey('PGUSER', 'POSTGRES_USER'),
    fromKey('PGPASSWORD', 'POSTGRES_PASSWORD'),
  ];

  test('gets the login key by key, and says that it wants no TLS', () => {
    expect(serverIn(stageOf()).jobEnvironment()).toEqual({
      env: [...login, { name: 'PGSSLMODE', value: 'disable' }],
      envFrom: [],
      volumes: [],
      volumeMounts: [],
    });
  });

  test('gets a Secret with keys of its own key by key too', () => {
    expect(serverIn(stageOf(), { keys: cloudNativePgKeys }).jobEnvironment().env).toEqual([
      fromKey('PGHOST', 'host'),
      fromKey('PGPORT', 'port'),
      fromKey('PGUSER', 'username'),
      fromKey('PGPASSWORD', 'password'),
      { name: 'PGSSLMODE', value: 'disable' },
    ]);
  });

  test.each(tlsOfLibpq)(
    'gets TLS mode %s in the words of libpq',
    (mode, variables, volumes, volumeMounts) => {
      expect(serverIn(stageOf(), { tls: tlsModes[mode] }).jobEnvironment()).toEqual({
        env: [...login, ...variables],
        envFrom: [],
        volumes,
        volumeMounts,
      });
    },
  );
});
