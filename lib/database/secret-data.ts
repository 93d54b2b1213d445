import type { PostgresAddress } from './address';

/**
 * What a Secret of ours holds: all that Backstage reads, and the administrator's password under the name that Red
 * Hat's image reads.
 */
export function secretData(address: PostgresAddress, user: string, password: string): Record<string, string> {
  return {
    POSTGRESQL_ADMIN_PASSWORD: password,
    POSTGRES_HOST: address.host,
    POSTGRES_PASSWORD: password,
    POSTGRES_PORT: String(address.port),
    POSTGRES_USER: user,
  };
}
