import type { Construct } from 'constructs';
import { PostgresAddress } from '../../lib/database/address';
import { CertificateAuthority } from '../../lib/database/certificate-authority';
import { ExternalPostgres } from '../../lib/database/external-postgres';
import type { SecretKeys } from '../../lib/database/secret-keys';
import { PostgresTls } from '../../lib/database/tls';

/** A server behind a Service of the cluster. */
export const service = PostgresAddress.fromService('db', 'data');

/** A server outside the cluster. */
export const outside = PostgresAddress.fromHost('db.example.com', 6432);

/** Keys of the Secrets that CloudNativePG makes (CloudNativePG documentation, "Applications"). */
export const cloudNativePgKeys: SecretKeys = {
  user: 'username',
  password: 'password',
  host: 'host',
  port: 'port',
};

export const authority = CertificateAuthority.fromConfigMap('db-ca', 'root.pem');

/** Every TLS demand by the name of its mode. */
export const tlsModes: Readonly<Record<string, PostgresTls>> = {
  disable: PostgresTls.disable(),
  require: PostgresTls.require(),
  'verify-ca': PostgresTls.verifyCa(authority),
  'verify-full': PostgresTls.verifyFull(authority),
};

/** What a test may say of its server. */
export interface ServerOptions {
  readonly address?: PostgresAddress;
  readonly tls?: PostgresTls;
  readonly keys?: SecretKeys;
}

/** A server with Secret `login`, to be changed in what a test is about. */
export function serverIn(
  scope: Construct,
  { address = service, tls = PostgresTls.disable(), keys }: ServerOptions = {},
): ExternalPostgres {
  return ExternalPostgres.fromSecret(scope, 'server', { address, tls, secretName: 'login', keys });
}
