import { canonicalHost } from 'cdk8s-rhdh/operators';
import { isClientOf, refersTo } from './old-server';

const source = {
  hub: 'developer-hub',
  secret: 'backstage-psql-secret-developer-hub',
  host: 'backstage-psql-developer-hub',
};

test.each([
  ['its Secret', 'backstage-psql-secret-developer-hub'],
  ['its Service', 'backstage-psql-developer-hub'],
  ['its Service in a URL', 'jdbc:postgresql://backstage-psql-developer-hub.rhdh:5432/x?currentSchema=y'],
  ['its Service with a port', 'backstage-psql-developer-hub:5432'],
  [
    'its Service after another host of a similar name',
    'my-backstage-psql-developer-hub,backstage-psql-developer-hub',
  ],
])('Names the source: %s', (_, text) => {
  expect(refersTo(source, { env: [{ value: text }] }, 'rhdh')).toBe(true);
});

test.each([
  ['a Secret whose name is longer', 'my-backstage-psql-secret-developer-hub'],
  ['a Service whose name ends like it', 'my-backstage-psql-developer-hub'],
  ['a Service whose name begins like it', 'backstage-psql-developer-hub-2'],
  ['a host in another domain', 'db.backstage-psql-developer-hub'],
  ['a number', 5432],
  ['nothing', null],
])('Does not name the source: %s', (_, value) => {
  expect(refersTo(source, { env: [{ value }] }, 'rhdh')).toBe(false);
});

test('what an object says about itself makes it no client', () => {
  const object = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'backstage-psql-developer-hub' },
    spec: { ports: [{ port: 5432 }] },
    status: { host: 'backstage-psql-developer-hub' },
  };
  expect(isClientOf(source, object)).toBe(false);
});

test.each([
  'db',
  'db.rhdh',
  'DB.rhdh.svc',
  'db.rhdh.svc.cluster.local.',
  'jdbc:postgresql://db:5432/orders',
  'postgresql://user@db.rhdh.svc/orders',
])('a source that its Secret calls db.rhdh is named by %s', (value) => {
  const named = { ...source, host: canonicalHost('db.rhdh', 'rhdh') };
  expect(refersTo(named, { env: [{ value }] }, 'rhdh')).toBe(true);
  expect(refersTo(named, { env: [{ value }] }, 'other')).toBe(value.includes('db.') || value.includes('DB.'));
});

test('a source that an earlier version kept in its short form is still the same', () => {
  expect(refersTo({ ...source, host: 'db' }, { value: 'db.rhdh.svc' }, 'rhdh')).toBe(true);
});
