import { hostAndPort } from './address';
import { percentEncode } from './percent-encode';
import type { PostgresTls } from './tls';

/** What a JDBC URL of PostgreSQL is made of. */
export interface JdbcUrlParts {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly schema: string;
  readonly tls: PostgresTls;
  /** Absolute path of the authority's PEM file inside the container; needed where the TLS demand verifies. */
  readonly authorityPath?: string;
}

/**
 * The URL for the PostgreSQL JDBC driver. Every part is percent-encoded, as the driver decodes the database
 * and the parameters (pgJDBC, Driver.parseURL); an IPv6 address is put in brackets.
 */
export function jdbcUrl(parts: JdbcUrlParts): string {
  const parameters = [['currentSchema', parts.schema]];
  if (parts.tls.enabled) parameters.push(['sslmode', parts.tls.mode]);
  if (parts.authorityPath !== undefined) parameters.push(['sslrootcert', parts.authorityPath]);
  const query = parameters.map(([name, value]) => `${name}=${percentEncode(value)}`).join('&');
  return `jdbc:postgresql://${hostAndPort(parts.host, parts.port)}/${percentEncode(parts.database)}?${query}`;
}
