import { cloudNativePgKeys, service } from '../../test/unit/servers';
import { objectsOf, problemsOf, stageOf } from '../../test/unit/stage';
import { Credentials } from './credentials';
import { ExternalPostgres } from './external-postgres';
import { PostgresStatefulSet } from './postgres-statefulset';
import { PostgresTls } from './tls';

const bound = (credentials: Credentials) => {
  const stage = stageOf();
  const secret = credentials._bind(stage, {
    secretName: 'login',
    address: service,
    labels: {},
    image: 'tools',
  });
  return { secret, kinds: objectsOf(stage).map(({ kind }) => kind) };
};

const ownKeys = {
  user: 'POSTGRES_USER',
  password: 'POSTGRES_PASSWORD',
  host: 'POSTGRES_HOST',
  port: 'POSTGRES_PORT',
};

test.each([
  ['generated', Credentials.generated(), ['ServiceAccount', 'Role', 'RoleBinding', 'Job']],
  ['plain text', Credentials.plainText('secret'), ['Secret']],
  [
    'external secret',
    Credentials.externalSecret({ storeName: 'vault', remoteKey: 'rhdh' }),
    ['ExternalSecret'],
  ],
])('%s credentials make a Secret with all that Backstage reads', (source, credentials, made) => {
  const { secret, kinds } = bound(credentials);
  expect(credentials.source).toBe(source);
  expect(credentials.existingSecretName).toBeUndefined();
  expect(kinds).toEqual(made);
  expect([secret.name, secret._keys(), secret.fitsHub]).toEqual(['login', ownKeys, true]);
});

test('credentials of an existing Secret make nothing', () => {
  const credentials = Credentials.fromSecret('existing', cloudNativePgKeys);
  const { secret, kinds } = bound(credentials);
  expect([credentials.source, credentials.existingSecretName]).toEqual(['secret', 'existing']);
  expect(kinds).toEqual([]);
  expect([secret.name, secret._keys()]).toEqual(['existing', cloudNativePgKeys]);
});

const unwritable = 'holds NUL or half of a surrogate pair, which no environment variable can; write another';

test.each([
  ['an empty password', Credentials.plainText(''), 'the password is empty; write one'],
  ['an empty user', Credentials.plainText('secret', ''), "the user's name is empty; write one"],
  ['NUL in a password', Credentials.plainText('a\0b'), `the password ${unwritable}`],
  ['half of a surrogate pair in a password', Credentials.plainText('a\ud800'), `the password ${unwritable}`],
])('%s is refused, and not shown', (_, credentials, problem) => {
  const server = new PostgresStatefulSet(stageOf(), 'server', { name: 'db', credentials });
  expect(problemsOf(server)).toEqual([`postgres-statefulset/credentials: ${problem}`]);
});

test('a user that the image does not make is refused for a new server, and only there', () => {
  const credentials = Credentials.plainText('secret', 'rhdh');
  expect(problemsOf(new PostgresStatefulSet(stageOf(), 'server', { name: 'db', credentials }))).toEqual([
    'postgres-statefulset/user: user "rhdh" is unknown to a new server, which knows \'postgres\' only; leave the user out',
  ]);
  const external = new ExternalPostgres(stageOf(), 'server', {
    address: service,
    tls: PostgresTls.disable(),
    credentials,
  });
  expect(problemsOf(external)).toEqual([]);
});
