import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Construct } from 'constructs';
import {
  CertificateAuthority,
  Credentials,
  ExternalPostgres,
  type IPostgres,
  PostgresAddress,
  PostgresTls,
} from '../../lib';

/** The external server that a hub of `shapes/` leaves, as its `from.json` says; none where it has no such file. */
export interface OldServer {
  readonly host: string;
  readonly port: number;
  readonly secret: string;
  /** Keys of the Secret, those of the hub's own variables where it has none. */
  readonly keys?: {
    readonly user: string;
    readonly password: string;
    readonly host: string;
    readonly port: string;
  };
  /** Secret with the authority of its certificate. */
  readonly authority?: string;
}

export function oldServerOf(folder: string): OldServer | undefined {
  const path = join(folder, 'from.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

export function asPostgres(scope: Construct, { host, port, secret, keys, authority }: OldServer): IPostgres {
  return new ExternalPostgres(scope, 'old', {
    address: PostgresAddress.fromHost(host, port),
    tls:
      authority === undefined
        ? PostgresTls.require()
        : PostgresTls.verifyFull(CertificateAuthority.fromSecret(authority)),
    credentials: Credentials.fromSecret(secret, keys),
  });
}
