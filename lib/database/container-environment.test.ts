import { AUTHORITY, CLOUD_NATIVE_PG_KEYS, serverIn, TLS_MODES } from '../../test/unit/servers';
import { stageOf } from '../../test/unit/stage';
import { authorityPath } from './container-environment';

const fromKey = (name: string, key: string) => ({
  name,
  valueFrom: { secretKeyRef: { name: 'login', key } },
});
const VOLUME = {
  name: 'postgres-ca',
  configMap: { name: 'db-ca', items: [{ key: 'root.pem', path: 'root.pem' }] },
};
const MOUNT = { name: 'postgres-ca', mountPath: '/etc/postgres-ca', readOnly: true };
const ROOT_CERTIFICATE = { name: 'PGSSLROOTCERT', value: '/etc/postgres-ca/root.pem' };

const TLS_OF_LIBPQ: [string, object[], object[], object[]][] = [
  ['require', [{ name: 'PGSSLMODE', value: 'require' }], [], []],
  ['verify-ca', [{ name: 'PGSSLMODE', value: 'verify-ca' }, ROOT_CERTIFICATE], [VOLUME], [MOUNT]],
  ['verify-full', [{ name: 'PGSSLMODE', value: 'verify-full' }, ROOT_CERTIFICATE], [VOLUME], [MOUNT]],
];

test('the file of the authority is found under its key', () => {
  expect(authorityPath(AUTHORITY)).toBe('/etc/postgres-ca/root.pem');
});

describe('sidecar', () => {
  const ADDRESS = [
    { name: 'POSTGRES_HOST', value: 'db.data.svc.cluster.local' },
    { name: 'POSTGRES_PORT', value: '5432' },
  ];

  test('gets a Secret that fits whole, and the address beside it', () => {
    expect(serverIn(stageOf()).sidecarEnvironment()).toEqual({
      env: ADDRESS,
      envFrom: [{ secretRef: { name: 'login' } }],
      volumes: [],
      volumeMounts: [],
    });
  });

  test('gets a Secret with keys of its own key by key', () => {
    expect(serverIn(stageOf(), { keys: CLOUD_NATIVE_PG_KEYS }).sidecarEnvironment()).toEqual({
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

  test.each(TLS_OF_LIBPQ)(
    'gets TLS mode %s in the words of libpq',
    (mode, variables, volumes, volumeMounts) => {
      expect(serverIn(stageOf(), { tls: TLS_MODES[mode] }).sidecarEnvironment()).toEqual({
        env: [...ADDRESS, ...variables],
        envFrom: [{ secretRef: { name: 'login' } }],
        volumes,
        volumeMounts,
      });
    },
  );
});

describe('Job', () => {
  const LOGIN = [
    { name: 'PGHOST', value: 'db.data.svc.cluster.local' },
    { name: 'PGPORT', value: '5432' },
    fromKey('PGUSER', 'POSTGRES_USER'),
    fromKey('PGPASSWORD', 'POSTGRES_PASSWORD'),
  ];

  test('gets the login key by key, and says that it wants no TLS', () => {
    expect(serverIn(stageOf()).jobEnvironment()).toEqual({
      env: [...LOGIN, { name: 'PGSSLMODE', value: 'disable' }],
      envFrom: [],
      volumes: [],
      volumeMounts: [],
    });
  });

  test('gets a Secret with keys of its own key by key too', () => {
    expect(serverIn(stageOf(), { keys: CLOUD_NATIVE_PG_KEYS }).jobEnvironment().env).toEqual([
      fromKey('PGHOST', 'host'),
      fromKey('PGPORT', 'port'),
      fromKey('PGUSER', 'username'),
      fromKey('PGPASSWORD', 'password'),
      { name: 'PGSSLMODE', value: 'disable' },
    ]);
  });

  test.each(TLS_OF_LIBPQ)(
    'gets TLS mode %s in the words of libpq',
    (mode, variables, volumes, volumeMounts) => {
      expect(serverIn(stageOf(), { tls: TLS_MODES[mode] }).jobEnvironment()).toEqual({
        env: [...LOGIN, ...variables],
        envFrom: [],
        volumes,
        volumeMounts,
      });
    },
  );
});
