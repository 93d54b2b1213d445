import { hostAndPort } from '../database/address';
import { authorityPath } from '../database/container-environment';
import { percentEncode } from '../database/percent-encode';
import type { IPostgres } from '../database/postgres';

const prefix = 'QUARKUS_DATASOURCE_REACTIVE';

/** A variable with a plain value. */
export interface PlainVariable {
  readonly name: string;
  readonly value: string;
}

/**
 * The jobs service's second datasource, a reactive client of Vert.x. The operator writes its URL into a ConfigMap,
 * which a running pod does not read again, so after a move the service could work on two databases; as a variable
 * the URL changes with the pod. The operator drops the TLS parameters of the JDBC URL there, so the client would
 * talk in plain text: its trust has properties of its own (Quarkus guide "Reactive SQL Clients").
 */
export function reactiveDatasource(postgres: IPostgres, database: string, schema: string): PlainVariable[] {
  const { host, port } = postgres.address;
  const url = `postgresql://${hostAndPort(host, port)}/${percentEncode(database)}?search_path=${percentEncode(schema)}`;
  return [{ name: `${prefix}_URL`, value: url }, ...tlsVariables(postgres)];
}

function tlsVariables({ tls }: IPostgres): PlainVariable[] {
  if (!tls.enabled) return [];
  const mode = { name: `${prefix}_POSTGRESQL_SSL_MODE`, value: tls.mode };
  if (tls.authority === undefined) return [mode, { name: `${prefix}_TRUST_ALL`, value: 'true' }];
  const trust = [
    { name: `${prefix}_TRUST_CERTIFICATE_PEM`, value: 'true' },
    { name: `${prefix}_TRUST_CERTIFICATE_PEM_CERTS`, value: authorityPath(tls.authority) },
  ];
  const host = { name: `${prefix}_HOSTNAME_VERIFICATION_ALGORITHM`, value: 'HTTPS' };
  return tls.mode === 'verify-full' ? [mode, ...trust, host] : [mode, ...trust];
}
