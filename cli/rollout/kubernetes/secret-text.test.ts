import { withoutNamedSecrets, withoutSecrets } from './secret-text';

test.each([
  'postgresql://hub:hunter2@db.example.com:5432/hub',
  'DATABASE_URL=postgres://hub:hunter2@db/hub',
  'amqp://:hunter2@queue',
  'jdbc:postgresql://db/hub?user=hub&password=hunter2&ssl=true',
  'https://storage/x?sv=1&sig=hunter2',
  'pg_dump --password=hunter2 hub',
  "pg_dump --db-password='hunter2' hub",
  'login --token hunter2',
  'host=db user=hub password=hunter2 dbname=hub',
  "host=db password='hunter2 and more'",
  'Authorization: Bearer hunter2hunter2',
  'Authorization: Basic aHVudGVyMjpodW50ZXIy/hunter2',
  '-----BEGIN RSA PRIVATE KEY-----\nhunter2\n-----END RSA PRIVATE KEY-----',
  '-----BEGIN PRIVATE KEY-----\nhunter2 cut off',
  'eyJhbGciOiJI.hunter2.hunter2',
  'ghp_hunter2hunter2hunter2hunter2',
  'sha256~hunter2hunter2hunter2hunter2',
])('the secret in %j is masked, whatever text it is in', (text) => {
  expect(withoutSecrets(`see ${text}`)).not.toContain('hunter2');
  expect(withoutSecrets(`see ${text}`)).toContain('*** (');
});

test.each([
  'backend:\n  database:\n    connection:\n      password: hunter2\n      user: hub',
  '{ user: hub, password: hunter2, port: 5432 }',
  '{"user":"hub","clientSecret":"hunter2","port":5432}',
  "integrations:\n  - token: 'hunter2'",
  'POSTGRES_PASSWORD=hunter2\nLEVEL=info',
  'export API_KEY=hunter2',
  'apiKey: "hunter2"',
  'db.password=hunter2',
])('the secret in the content %j is known by its name', (content) => {
  expect(withoutNamedSecrets(content)).not.toContain('hunter2');
  expect(withoutNamedSecrets(content)).toContain('*** (');
});

test.each([
  'postgresql://hub@db/hub',
  'https://db.example.com:5432/path/user@x',
  'oci://mirror.example.com:8443/rhdh/plugin@sha256:0123456789abcdef0123456789abcdef',
  'postgresql://${POSTGRES_USER}:${POSTGRES_PASSWORD}@db/hub',
  'psql --password=$(PASSWORD)',
  'password: ${POSTGRES_PASSWORD}',
  'passwordKey: POSTGRES_PASSWORD',
  'secretName: login',
  'tokens: 5',
  'token:\n  name: x',
  'auth:\n  secret: |\n    # below',
  'Secret/login has no key POSTGRES_PASSWORD',
])('%j holds no secret and stays', (text) => {
  expect(withoutNamedSecrets(text)).toBe(text);
});

test('the same secret is shown alike, another one is not', () => {
  const shown = (password: string) => withoutSecrets(`--password=${password}`);
  expect(shown('hunter2')).toBe(shown('hunter2'));
  expect(shown('hunter2')).not.toBe(shown('hunter3'));
});
