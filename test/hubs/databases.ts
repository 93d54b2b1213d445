import type { Construct } from 'constructs';
import {
  CertificateAuthority,
  Credentials,
  ExternalPostgres,
  type IPostgres,
  PostgresAddress,
  PostgresTls,
} from '../../lib';

const address = PostgresAddress.fromHost('pg.example.com', 5433);

/** What each hub is connected to; the Secret is `new-login` in all. */
export const databases: Readonly<Record<string, (scope: Construct) => IPostgres>> = {
  'keys of the hub, no TLS': (scope) =>
    new ExternalPostgres(scope, 'postgres', {
      address,
      tls: PostgresTls.disable(),
      credentials: Credentials.fromSecret('new-login'),
    }),
  'keys of CloudNativePG, TLS': (scope) =>
    new ExternalPostgres(scope, 'postgres', {
      address,
      tls: PostgresTls.require(),
      credentials: Credentials.fromSecret('new-login', {
        user: 'username',
        password: 'password',
        host: 'host',
        port: 'port',
      }),
    }),
  'keys of the hub, verified TLS': (scope) =>
    new ExternalPostgres(scope, 'postgres', {
      address,
      tls: PostgresTls.verifyFull(CertificateAuthority.fromConfigMap('new-authority')),
      credentials: Credentials.fromSecret('new-login'),
    }),
};
