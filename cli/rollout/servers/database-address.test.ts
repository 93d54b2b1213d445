import { addressOfUrl, addressText } from './database-address';

const text = (url: string) => {
  const address = addressOfUrl(url, 'rhdh');
  return address === undefined ? undefined : addressText(address);
};

test.each([
  ['jdbc:postgresql://db.rhdh:5432/orders?currentSchema=x', 'db.rhdh:5432/orders'],
  ['jdbc:postgresql://db/orders', 'db.rhdh:5432/orders'],
  ['postgresql://db.rhdh.svc.cluster.local:5432/orders?search_path=x', 'db.rhdh:5432/orders'],
  ['postgresql://db.rhdh.svc:6432/orders', 'db.rhdh:6432/orders'],
  ['postgresql://user:secret@DB.Example.com./orders', 'db.example.com:5432/orders'],
  ['vertx-reactive:postgresql://10.0.0.1/orders', '10.0.0.1:5432/orders'],
  ['jdbc:postgresql://[::1]:5432/orders', '[::1]:5432/orders'],
  ['jdbc:postgresql://db/my%20orders', 'db.rhdh:5432/my orders'],
])('%s leads to %s', (url, expected) => {
  expect(text(url)).toBe(expected);
});

test.each(['jdbc:mysql://db/orders', 'jdbc:postgresql:orders', ''])('%s leads to nothing', (url) => {
  expect(text(url)).toBeUndefined();
});
