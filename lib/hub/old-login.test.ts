import { cloudNativePgKeys, serverIn, tlsModes } from '../../test/unit/servers';
import { stageOf } from '../../test/unit/stage';
import type { SecretKeys } from '../database/secret-keys';
import type { PostgresTls } from '../database/tls';
import { localSecretName } from '../operators/rhdh';
import { localLogin, redirectLogin } from './old-login';

const local = localSecretName('hub');

function redirected(manifest: object, database: { keys?: SecretKeys; tls?: PostgresTls } = {}) {
  const copy = structuredClone(manifest);
  const problems = redirectLogin(copy, localLogin('hub'), serverIn(stageOf(), database));
  return { manifest: copy, problems };
}

test('the Secret is called as the operator calls it', () => {
  expect(local).toBe('backstage-psql-secret-hub');
});

test('a reference is turned wherever it stands, and everything else is left as it is', () => {
  const manifest = (name: string) => ({
    spec: {
      list: [{ secretName: name }, 'text', null, 1],
      deep: { secret: { name } },
      other: `${local}-more`,
    },
  });
  expect(redirected(manifest(local))).toEqual({ manifest: manifest('login'), problems: [] });
});

test('a container that gets the Secret whole gets the other one, and what that lacks', () => {
  const container = {
    name: 'c',
    env: [{ name: 'POSTGRES_PORT', value: '1' }],
    envFrom: [{ secretRef: { name: 'a' } }, { secretRef: { name: local } }],
  };
  expect(redirected(container).manifest).toEqual({
    name: 'c',
    env: [
      { name: 'POSTGRES_PORT', value: '1' },
      { name: 'POSTGRES_HOST', value: 'db.data.svc.cluster.local' },
    ],
    envFrom: [{ secretRef: { name: 'a' } }, { secretRef: { name: 'login' } }],
  });
});

test('a container that gets the Secret whole gets the variables one by one where the keys have other names', () => {
  const { manifest, problems } = redirected(
    { envFrom: [{ secretRef: { name: local } }] },
    { keys: cloudNativePgKeys },
  );
  expect(problems).toEqual([]);
  expect(manifest).toEqual({
    envFrom: [],
    env: Object.entries({ HOST: 'host', PORT: 'port', USER: 'username', PASSWORD: 'password' }).map(
      ([name, key]) => ({
        name: `POSTGRES_${name}`,
        valueFrom: { secretKeyRef: { name: 'login', key } },
      }),
    ),
  });
});

test('a container that gets the Secret whole gets the file of the authority too', () => {
  const { manifest } = redirected(
    { volumeMounts: [{ name: 'a', mountPath: '/a' }], envFrom: [{ secretRef: { name: local } }] },
    { tls: tlsModes['verify-ca'] },
  );
  expect(manifest).toMatchObject({
    volumeMounts: [
      { name: 'a', mountPath: '/a' },
      { name: 'postgres-ca', mountPath: '/etc/postgres-ca', readOnly: true },
    ],
  });
});

test('a single key is turned to the key that holds the same', () => {
  const variable = (name: string, key: string) => ({
    name: 'PASS',
    valueFrom: { secretKeyRef: { name, key } },
  });
  expect(redirected(variable(local, 'POSTGRES_PASSWORD'), { keys: cloudNativePgKeys })).toEqual({
    manifest: variable('login', 'password'),
    problems: [],
  });
});

test('a single key that the Secret does not have is a problem', () => {
  const { problems } = redirected({
    env: [{ valueFrom: { secretKeyRef: { name: local, key: 'POSTGRESQL_ADMIN_PASSWORD' } } }],
  });
  expect(problems).toEqual([
    'env[0].valueFrom.secretKeyRef reads key POSTGRESQL_ADMIN_PASSWORD of Secret backstage-psql-secret-hub, ' +
      'which Secret login does not have; change the reference in the resource',
  ]);
});

test('a Secret that is used whole, but not as variables of a container, must have the same keys', () => {
  const manifest = { volumes: [{ secret: { secretName: local } }] };
  expect(redirected(manifest).problems).toEqual([]);
  expect(redirected(manifest, { keys: cloudNativePgKeys }).problems).toEqual([
    'volumes[0].secret.secretName uses Secret backstage-psql-secret-hub whole, but the keys of Secret login have other names; ' +
      'change the reference in the resource, or give the Secret the keys POSTGRES_USER and POSTGRES_PASSWORD',
  ]);
});
