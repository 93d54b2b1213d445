import { parseConnectionUrl } from './connection-url';

const parts = { host: 'db', port: '5433', user: 'hub', password: 'p@ss', database: 'rhdh' };

test('each part of a URL is a part of the connection', () => {
  expect(parseConnectionUrl('postgres://hub:p%40ss@db:5433/rhdh')).toEqual(parts);
  expect(parseConnectionUrl('postgresql://[::1]')).toEqual({ host: '::1' });
  expect(parseConnectionUrl('host=db user=hub')).toBeUndefined();
});

test('a parameter wins over the part of its name, and a part that cannot be decoded stays as it is', () => {
  const url = 'postgres://a:b@c:1/100%25?host=db&port=5433&user=hub&password=p%40ss&db=other';
  expect(parseConnectionUrl(url)).toEqual({ ...parts, database: '100%' });
  expect(parseConnectionUrl('postgres://hub@db/100%')).toMatchObject({ database: '100%' });
});

test.each([
  ['', undefined],
  ['?sslmode=disable', false],
  ['?ssl=0', false],
  ['?ssl=true', true],
  ['?ssl=1', true],
  ['?sslmode=no-verify', { rejectUnauthorized: false }],
  ['?sslmode=require', {}],
  ['?sslmode=verify-full&sslrootcert=/tls/ca.pem', { ca: '/tls/ca.pem' }],
  ['?sslrootcert=/tls/ca.pem', { ca: '/tls/ca.pem' }],
])('the parameters %s say what TLS is', (parameters, ssl) => {
  expect(parseConnectionUrl(`postgres://db/rhdh${parameters}`)?.ssl).toEqual(ssl);
});
