import { CLOUD_NATIVE_PG_KEYS, OUTSIDE, serverIn, TLS_MODES } from '../../test/unit/servers';
import { stageOf } from '../../test/unit/stage';

const HOST = { name: 'POSTGRES_HOST', value: 'db.data.svc.cluster.local' };
const PORT = { name: 'POSTGRES_PORT', value: '5432' };
const NO_TLS = { name: 'PGSSLMODE', value: 'disable' };

test('a Secret without address goes to the hub whole, with host and port beside it', () => {
  expect(serverIn(stageOf()).hubEnvironment()).toEqual({
    secretName: 'login',
    plain: [HOST, PORT, NO_TLS],
    mapped: [],
  });
});

test('a Secret with all that Backstage reads goes to the hub whole and alone', () => {
  const keys = { host: 'POSTGRES_HOST', port: 'POSTGRES_PORT' };
  expect(serverIn(stageOf(), { keys }).hubEnvironment()).toEqual({
    secretName: 'login',
    plain: [NO_TLS],
    mapped: [],
  });
});

test('a Secret with keys of its own is mapped key by key', () => {
  const variable = (name: string, key: string) => ({
    name,
    valueFrom: { secretKeyRef: { name: 'login', key } },
  });
  expect(serverIn(stageOf(), { keys: CLOUD_NATIVE_PG_KEYS }).hubEnvironment()).toEqual({
    plain: [NO_TLS],
    mapped: [
      variable('POSTGRES_HOST', 'host'),
      variable('POSTGRES_PORT', 'port'),
      variable('POSTGRES_USER', 'username'),
      variable('POSTGRES_PASSWORD', 'password'),
    ],
  });
});

test('what a mapped Secret lacks is a plain value', () => {
  const { secretName, plain, mapped } = serverIn(stageOf(), {
    address: OUTSIDE,
    keys: { user: 'username' },
  }).hubEnvironment();
  expect(secretName).toBeUndefined();
  expect(plain).toEqual([
    { name: 'POSTGRES_HOST', value: 'db.example.com' },
    { name: 'POSTGRES_PORT', value: '6432' },
    NO_TLS,
  ]);
  expect(mapped.map(({ name }) => name)).toEqual(['POSTGRES_USER', 'POSTGRES_PASSWORD']);
});

test.each([
  ['disable', [NO_TLS]],
  ['require', [{ name: 'PGSSLMODE', value: 'no-verify' }]],
  ['verify-ca', [{ name: 'PGSSLMODE', value: 'verify-ca' }]],
  ['verify-full', [{ name: 'PGSSLMODE', value: 'verify-full' }]],
])(
  'TLS mode %s reaches the hub in the words of node-postgres, however the Secret is given',
  (mode, variables) => {
    const tls = TLS_MODES[mode];
    const whole = serverIn(stageOf(), { tls }).hubEnvironment();
    const mapped = serverIn(stageOf(), { tls, keys: CLOUD_NATIVE_PG_KEYS }).hubEnvironment();
    expect(whole.plain).toEqual([HOST, PORT, ...variables]);
    expect(mapped.plain).toEqual(variables);
    expect([whole.authority, mapped.authority]).toEqual([tls.authority, tls.authority]);
  },
);
