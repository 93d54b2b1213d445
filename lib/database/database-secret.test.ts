import { cloudNativePgKeys } from '../../test/unit/servers';
import { DatabaseSecret } from './database-secret';

test('user and password stand under the names that Backstage reads, unless others are said', () => {
  const secret = new DatabaseSecret('login');
  expect(secret).toEqual({ name: 'login', userKey: 'POSTGRES_USER', passwordKey: 'POSTGRES_PASSWORD' });
  expect(secret._keys()).toEqual({
    host: undefined,
    port: undefined,
    user: 'POSTGRES_USER',
    password: 'POSTGRES_PASSWORD',
  });
});

test('the keys of CloudNativePG are taken', () => {
  expect(new DatabaseSecret('login', cloudNativePgKeys)._keys()).toEqual({
    host: 'host',
    port: 'port',
    user: 'username',
    password: 'password',
  });
});

test.each([
  [{}, true],
  [
    { user: 'POSTGRES_USER', password: 'POSTGRES_PASSWORD', host: 'POSTGRES_HOST', port: 'POSTGRES_PORT' },
    true,
  ],
  [{ user: 'username' }, false],
  [{ password: 'password' }, false],
  [{ host: 'host' }, false],
  [{ port: 'port' }, false],
])('a Secret with keys %j fits a hub whole: %s', (keys, fits) => {
  expect(new DatabaseSecret('login', keys).fitsHub).toBe(fits);
});
