import { Credentials } from '../../lib/database/credentials';
import type { GeneratedSecretProps } from '../../lib/database/generated-secret';
import { PostgresStatefulSet } from '../../lib/database/postgres-statefulset';
import { requirePrograms } from '../programs';
import { objectOf, stageOf } from '../unit/stage';
import { runJob } from './pod';
import { ObjectsApi } from './objects-api';

requirePrograms({ curl: 'curl', base64: 'coreutils' });

const token = 'eyJhbGciOiJSUzI1NiJ9.token-of-the-account.signature';

let api: ObjectsApi;

beforeEach(async () => {
  api = await ObjectsApi.start();
});

afterEach(() => api.stop());

function run(props: GeneratedSecretProps = {}, certificate = api.certificate) {
  const stage = stageOf();
  new PostgresStatefulSet(stage, 'server', { name: 'db', credentials: Credentials.generated(props) });
  return runJob(objectOf(stage, 'Job'), {
    namespace: 'rhdh',
    serviceAccount: { token, 'ca.crt': certificate },
    env: { KUBERNETES_API: api.url },
  });
}

function decoded(): Record<string, string> {
  const data = Object.entries(api.secrets.get('rhdh/db-secret')?.data as Record<string, string>);
  return Object.fromEntries(data.map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]));
}

test('the Secret is created with a password of 32 letters and digits, and all that Backstage reads', async () => {
  expect(await run()).toMatchObject({ code: 0, output: 'Secret db-secret created\n' });
  const { POSTGRES_PASSWORD: password, ...rest } = decoded();
  expect(password).toMatch(/^[A-Za-z0-9]{32}$/);
  expect(rest).toEqual({
    POSTGRESQL_ADMIN_PASSWORD: password,
    POSTGRES_HOST: 'db.rhdh.svc.cluster.local',
    POSTGRES_PORT: '5432',
    POSTGRES_USER: 'postgres',
  });
  const { data: _, ...secret } = api.secrets.get('rhdh/db-secret')!;
  expect(secret).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'Opaque',
    metadata: { name: 'db-secret', labels: { app: 'db' } },
  });
  const url = '/api/v1/namespaces/rhdh/secrets/db-secret';
  const authorization = `Bearer ${token}`;
  expect(api.requests.map(({ method, url, authorization }) => ({ method, url, authorization }))).toEqual([
    { method: 'GET', url, authorization },
    {
      method: 'PATCH',
      url: expect.stringMatching(
        /^\/api\/v1\/namespaces\/rhdh\/secrets\/db-secret\?fieldManager=cdk8s-rhdh-[A-Za-z0-9]{16}$/,
      ) as string,
      authorization,
    },
  ]);
});

test('a password is as long as it is said, and another each time', async () => {
  const passwords: string[] = [];
  for (const length of [12, 128, 128]) {
    await run({ length });
    passwords.push(decoded().POSTGRES_PASSWORD);
    api.secrets.clear();
  }
  expect(passwords.map(({ length }) => length)).toEqual([12, 128, 128]);
  expect(passwords[1]).not.toBe(passwords[2]);
});

test('an existing Secret is left as it is, and that is success', async () => {
  await run();
  const before = decoded();
  expect(await run()).toMatchObject({
    code: 0,
    output: 'Secret db-secret exists already and is left as it is\n',
  });
  expect(decoded()).toEqual(before);
});

test('a Secret that appears after it was looked for is left as it is, and that is success', async () => {
  const other = { metadata: { name: 'db-secret' }, data: { POSTGRES_PASSWORD: 'b3RoZXI=' } };
  api.secrets.set('rhdh/db-secret', other);
  api.refusals.push({ code: 404, reason: 'NotFound', message: 'secrets "db-secret" not found' });
  expect(await run()).toMatchObject({
    code: 0,
    output: 'Secret db-secret exists already and is left as it is\n',
  });
  expect(api.secrets.get('rhdh/db-secret')).toBe(other);
});

test('a Secret without the keys of the login that appears after it was looked for gets none of them', async () => {
  const foreign = { metadata: { name: 'db-secret' }, data: { API_TOKEN: 'Zm9yZWlnbg==' } };
  api.secrets.set('rhdh/db-secret', foreign);
  api.refusals.push({ code: 404, reason: 'NotFound', message: 'secrets "db-secret" not found' });
  expect(await run()).toMatchObject({
    code: 0,
    output: 'Secret db-secret exists already and is left as it is\n',
  });
  expect(api.secrets.get('rhdh/db-secret')).toBe(foreign);
});

test('runs at the same time all succeed, and one of them creates the Secret', async () => {
  const results = await Promise.all([run(), run(), run()]);
  expect(results.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(results.filter(({ output }) => output === 'Secret db-secret created\n')).toHaveLength(1);
});

test('a refusal is told with the whole message of the API server', async () => {
  const message =
    'secrets is forbidden: User "system:serviceaccount:rhdh:generate-db-secret" cannot create resource "secrets" ' +
    'in API group "" in the namespace "rhdh"';
  api.refusals.push({ code: 403, reason: 'Forbidden', message });
  expect(await run()).toMatchObject({
    code: 1,
    output: `The API server answered 403 when Secret db-secret was to be created:\n"message": ${JSON.stringify(message)}\n`,
  });
  expect(api.secrets.size).toBe(0);
});

test('an API server that is overloaded for a moment is asked again', async () => {
  api.refusals.push({ code: 404, reason: 'NotFound', message: 'secrets "db-secret" not found' });
  api.refusals.push({ code: 429, reason: 'TooManyRequests', message: 'too many requests' });
  const { code, output } = await run();
  expect(code).toBe(0);
  expect(output).toMatch(/Secret db-secret created\n$/);
  const [, first, second] = api.requests.map(({ url, body }) => [url, body]);
  expect(second).toEqual(first);
});

test('a server that shows another certificate gets no token', async () => {
  const other = await ObjectsApi.start();
  await other.stop();
  const { code, output } = await run({}, other.certificate);
  expect(code).toBe(60);
  expect(output).toContain('SSL certificate problem');
  expect(api.requests).toEqual([]);
});

test('neither output nor arguments of any process hold the password or the token', async () => {
  const { code, output, arguments: lines } = await run();
  const { POSTGRES_PASSWORD: password } = decoded();
  const hidden = [password, Buffer.from(password).toString('base64'), token];
  expect(code).toBe(0);
  expect(lines.some((line) => line.startsWith('curl '))).toBe(true);
  expect([output, ...lines].filter((line) => hidden.some((secret) => line.includes(secret)))).toEqual([]);
});
