import { isClientOf, refersTo, shortHost } from './old-server';

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
  expect(refersTo(source, { env: [{ value: text }] })).toBe(true);
});

test.each([
  ['a Secret whose name is longer', 'my-backstage-psql-secret-developer-hub'],
  ['a Service whose name ends like it', 'my-backstage-psql-developer-hub'],
  ['a Service whose name begins like it', 'backstage-psql-developer-hub-2'],
  ['a host in another domain', 'db.backstage-psql-developer-hub'],
  ['a number', 5432],
  ['nothing', null],
])('Does not name the source: %s', (_, value) => {
  expect(refersTo(source, { env: [{ value }] })).toBe(false);
});

test('What an object says about itself makes it no client', () => {
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
  ['db.rhdh.svc.cluster.local', 'db'],
  ['db.rhdh.svc', 'db'],
  ['db.other.svc.cluster.local', 'db.other'],
  ['db', 'db'],
  ['db.example.com', 'db.example.com'],
])('%s is %s for clients in the namespace rhdh', (host, short) => {
  expect(shortHost(host, 'rhdh')).toBe(short);
});
