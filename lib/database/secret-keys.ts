import { hubVariables } from '../operators/rhdh';

/**
 * Names of the keys under which a Secret holds a PostgreSQL login.
 *
 * The defaults are the names that Backstage reads as environment variables (RHDH operator,
 * docs/external-db.md), so a Secret with these keys reaches a hub whole.
 */
export interface SecretKeys {
  /**
   * Key of the user's name.
   * @default 'POSTGRES_USER'
   */
  readonly user?: string;

  /**
   * Key of the password.
   * @default 'POSTGRES_PASSWORD'
   */
  readonly password?: string;

  /**
   * Key of the host name.
   * @default - the Secret has no host; the hub is given the address of the database as plain values
   */
  readonly host?: string;

  /**
   * Key of the port.
   * @default - the Secret has no port; the hub is given the address of the database as plain values
   */
  readonly port?: string;
}

/** Part of a login: what a key of the Secret holds. */
export type LoginPart = keyof typeof hubVariables;

/** Parts of a login in the order in which they are written. */
export const loginParts = Object.keys(hubVariables) as LoginPart[];
