import { PostgresVersion } from './version';

test('PostgreSQL 15 is pinned by digest', () => {
  expect(PostgresVersion.V15.major).toBe(15);
  expect(PostgresVersion.V15.image).toMatch(
    /^registry\.redhat\.io\/rhel9\/postgresql-15@sha256:[0-9a-f]{64}$/,
  );
});

test("PostgreSQL 16 and images of one's own are taken as they are named", () => {
  expect(PostgresVersion.V16).toEqual({ major: 16, image: 'registry.redhat.io/rhel9/postgresql-16:latest' });
  expect(PostgresVersion.of(17, 'registry.example.com/postgresql:17')).toEqual({
    major: 17,
    image: 'registry.example.com/postgresql:17',
  });
});
