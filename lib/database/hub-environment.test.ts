import { cloudNativePgKeys, outside, serverIn, tlsModes } from '../../test/unit/servers';
import { stageOf } from '../../test/unit/stage';

const host = { name: 'POSTGRES_HOST', value: 'db.data.svc.cluster.local' };
const port = { name: 'POSTGRES_PORT', value: '5432' };
const noTls = { name: 'PGSSLMODE', value: 'disable' };

test('a Secret without address goes to the hub whole, with host and port beside it', () => {
  expect(serverIn(stageOf()).hubEnvironment()).toEqual({
    secretName: 'login',
    plain: [host, port, noTls],
    mapped: [],
  });
});

test('a Secret with all that Backstage reads goes to the hub whole and alone', () => {
  const keys = { host: 'POSTGRES_HOST', port: 'POSTGRES_PORT' };
  expect(serverIn(stageOf(), { keys }).hubEnvironment()).toEqual({
    secretName: 'login',
    plain: [noTls],
    mapped: [],
  });
});

test('a Secret with keys of its own is mapped key by key', () => {
  const variable = (name: string, key: string) => ({
    name,
    valueFrom: { secretKeyRef: { name: 'login', key } },
  });
  expect(serverIn(stageOf(), { keys: cloudNativePgKeys }).hubEnvironment()).toEqual({
    plain: [noTls],
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
    address: outside,
    keys: { user: 'username' },
  }).hubEnvironment();
  expect(secretName).toBeUndefined();
  expect(plain).toEqual([
    { name: 'POSTGRES_HOST', value: 'db.example.com' },
    { name: 'POSTGRES_PORT', value: '6432' },
    noTls,
  ]);
  expect(mapped.map(({ name }) => name)).toEqual(['POSTGRES_USER', 'POSTGRES_PASSWORD']);
});

test.each([
  ['disable', [noTls]],
  ['require', [{ name: 'PGSSLMODE', value: 'no-verify' }]],
  ['verify-ca', [{ name: 'PGSSLMODE', value: 'verify-ca' }]],
  ['verify-full', [{ name: 'PGSSLMODE', value: 'verify-full' }]],
])(
  'TLS mode %s reaches the hub in the words of node-postgres, however the Secret is given',
  (mode, variables) => {
    const tls = tlsModes[mode];
    const whole = serverIn(stageOf(), { tls }).hubEnvironment();
    const mapped = serverIn(stageOf(), { tls, keys: cloudNativePgKeys }).hubEnvironment();
    expect(whole.plain).toEqual([host, port, ...variables]);
    expect(mapped.plain).toEqual(variables);
    expect([whole.authority, mapped.authority]).toEqual([tls.authority, tls.authority]);
  },
);
