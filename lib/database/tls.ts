import { byFactory, made, standInFor } from '../api/arguments';
import type { CertificateAuthority } from './certificate-authority';

/**
 * What is demanded of a connection to PostgreSQL, in the terms of libpq's `sslmode` (PostgreSQL manual,
 * 34.19 SSL Support).
 */
export class PostgresTls {
  /** Connections are not encrypted. For a server in the same cluster whose network is trusted. */
  static disable(): PostgresTls {
    return new PostgresTls(byFactory, 'disable');
  }

  /**
   * Connections are encrypted, the server's certificate is not verified: this protects against listeners, not
   * against somebody who poses as the server.
   *
   * The hub gets `PGSSLMODE=no-verify`, because node-postgres treats `require` as full verification.
   */
  static require(): PostgresTls {
    return new PostgresTls(byFactory, 'require');
  }

  /**
   * Connections are encrypted and the server's certificate must be signed by `authority`.
   *
   * node-postgres has no such mode and verifies the host name too, so the hub is stricter than libpq here.
   */
  static verifyCa(authority: CertificateAuthority): PostgresTls {
    return made(
      'PostgresTls.verifyCa',
      { authority },
      () => new PostgresTls(byFactory, 'verify-ca', authority),
      unknown,
    );
  }

  /**
   * Connections are encrypted, the certificate must be signed by `authority` and be made out to the host that
   * the database is addressed by. What production should use.
   */
  static verifyFull(authority: CertificateAuthority): PostgresTls {
    return made(
      'PostgresTls.verifyFull',
      { authority },
      () => new PostgresTls(byFactory, 'verify-full', authority),
      unknown,
    );
  }

  private constructor(
    key: symbol,
    /** The value of libpq's `sslmode`: `disable`, `require`, `verify-ca` or `verify-full`. */
    readonly mode: string,
    /** Signs the server's certificate; set with `verify-ca` and `verify-full`. */
    readonly authority?: CertificateAuthority,
  ) {
    if (key !== byFactory) return standInFor('PostgresTls', unknown());
  }

  /** Whether connections are encrypted. */
  get enabled(): boolean {
    return this.mode !== 'disable';
  }

  /** Whether the server's certificate is verified. */
  get verified(): boolean {
    return this.mode.startsWith('verify-');
  }

  /**
   * The value of `PGSSLMODE` that makes node-postgres, the driver of Backstage, do what is demanded
   * (pg, lib/connection-parameters.js: `require` and `verify-ca` mean full verification there, and only
   * `no-verify` accepts any certificate).
   */
  get nodeMode(): string {
    return this.mode === 'require' ? 'no-verify' : this.mode;
  }
}

const unknown = () => PostgresTls.disable();
