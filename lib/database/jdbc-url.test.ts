import * as fc from 'fast-check';
import { CertificateAuthority } from './certificate-authority';
import { jdbcUrl, type JdbcUrlParts } from './jdbc-url';
import { PostgresTls } from './tls';

const parts: JdbcUrlParts = {
  host: 'db.example.com',
  port: 5432,
  database: 'flows',
  schema: 'greeting',
  tls: PostgresTls.disable(),
};

test('the schema is a parameter', () => {
  expect(jdbcUrl(parts)).toBe('jdbc:postgresql://db.example.com:5432/flows?currentSchema=greeting');
});

test('the TLS demand and the file of the authority are parameters', () => {
  const tls = PostgresTls.verifyFull(CertificateAuthority.fromSecret('ca'));
  expect(jdbcUrl({ ...parts, tls, authorityPath: '/etc/ca.crt' })).toBe(
    'jdbc:postgresql://db.example.com:5432/flows?currentSchema=greeting&sslmode=verify-full&sslrootcert=%2Fetc%2Fca.crt',
  );
});

test('an IPv6 address is put in brackets', () => {
  expect(jdbcUrl({ ...parts, host: 'fd00::1' })).toBe(
    'jdbc:postgresql://[fd00::1]:5432/flows?currentSchema=greeting',
  );
});

test('a name that would add a parameter stays a name', () => {
  expect(jdbcUrl({ ...parts, database: 'a?sslmode=disable&b/c', schema: 's&user=postgres#+%' })).toBe(
    'jdbc:postgresql://db.example.com:5432/a%3Fsslmode%3Ddisable%26b%2Fc?currentSchema=s%26user%3Dpostgres%23%2B%25',
  );
});

/** java.net.URLDecoder: a plus is a space. */
const urlDecoder = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));

/** The parts as pgJDBC reads them (org.postgresql.Driver.parseURL). */
function parseAsDriver(url: string) {
  const rest = url.slice('jdbc:postgresql://'.length);
  const query = rest.indexOf('?');
  const server = query < 0 ? rest : rest.slice(0, query);
  const slashes = [...server].filter((character) => character === '/').length;
  const slash = server.indexOf('/');
  const address = server.slice(0, slash);
  const colon = address.lastIndexOf(':');
  const parameters = (query < 0 ? '' : rest.slice(query + 1)).split('&').map((token) => {
    const equals = token.indexOf('=');
    return equals < 0 ? [token, ''] : [token.slice(0, equals), urlDecoder(token.slice(equals + 1))];
  });
  return {
    slashes,
    host: address.slice(0, colon),
    port: address.slice(colon + 1),
    database: urlDecoder(server.slice(slash + 1)),
    parameters,
  };
}

const anyName = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.string({ unit: fc.constantFrom(...'?&=/#%+ $:@;,[]{}"\'\\aé') }),
);
const tls = [
  PostgresTls.disable(),
  PostgresTls.require(),
  PostgresTls.verifyCa(CertificateAuthority.fromSecret('ca')),
];

test('the driver reads back what was written, whatever database and schema are called', () => {
  fc.assert(
    fc.property(
      fc.domain(),
      fc.integer({ min: 1, max: 65535 }),
      anyName,
      anyName,
      fc.constantFrom(...tls),
      (host, port, database, schema, tls) => {
        const authorityPath = tls.verified ? '/etc/ca.crt' : undefined;
        expect(parseAsDriver(jdbcUrl({ host, port, database, schema, tls, authorityPath }))).toEqual({
          slashes: 1,
          host,
          port: String(port),
          database,
          parameters: [
            ['currentSchema', schema],
            ...(tls.enabled ? [['sslmode', tls.mode]] : []),
            ...(tls.verified ? [['sslrootcert', '/etc/ca.crt']] : []),
          ],
        });
      },
    ),
  );
});

test('neither Quarkus nor Kubernetes finds a variable to expand in the URL', () => {
  fc.assert(
    fc.property(anyName, anyName, (database, schema) => {
      expect(jdbcUrl({ ...parts, database, schema })).not.toContain('$');
    }),
  );
});
