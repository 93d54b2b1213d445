import { authorityPath } from '../database/container-environment';
import type { IPostgres } from '../database/postgres';

const PREFIX = 'QUARKUS_DATASOURCE_REACTIVE';

/**
 * TLS of the jobs service's second datasource. The operator derives its URL from the JDBC URL, but a reactive
 * client of Vert.x takes its trust from properties of its own (Quarkus guide "Reactive SQL Clients").
 */
export function reactiveTlsVariables(postgres: IPostgres): { name: string; value: string }[] {
  const { tls } = postgres;
  if (!tls.enabled) {
    return [];
  }
  const mode = { name: `${PREFIX}_POSTGRESQL_SSL_MODE`, value: tls.mode };
  if (tls.authority === undefined) {
    return [mode, { name: `${PREFIX}_TRUST_ALL`, value: 'true' }];
  }
  const trust = [
    { name: `${PREFIX}_TRUST_CERTIFICATE_PEM`, value: 'true' },
    { name: `${PREFIX}_TRUST_CERTIFICATE_PEM_CERTS`, value: authorityPath(tls.authority) },
  ];
  const host = { name: `${PREFIX}_HOSTNAME_VERIFICATION_ALGORITHM`, value: 'HTTPS' };
  return tls.mode === 'verify-full' ? [mode, ...trust, host] : [mode, ...trust];
}
