import { PostgresAddress } from './address';

test('a host is addressed as it is given, on port 5432 unless another is said', () => {
  expect(PostgresAddress.fromHost('db.example.com')).toEqual({ host: 'db.example.com', port: 5432 });
  expect(PostgresAddress.fromHost('10.0.0.7', 6432)).toEqual({ host: '10.0.0.7', port: 6432 });
});

test('a Service is addressed by its full name in the cluster', () => {
  expect(PostgresAddress.fromService('db', 'data', 6432)).toEqual({
    host: 'db.data.svc.cluster.local',
    port: 6432,
    serviceName: 'db',
    serviceNamespace: 'data',
  });
  expect(PostgresAddress.fromService('db', 'data').port).toBe(5432);
});
