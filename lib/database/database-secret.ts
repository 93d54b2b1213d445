import { demand } from '../api/arguments';
import { hubVariables } from '../operators/rhdh';
import { loginParts, type LoginPart, type SecretKeys } from './secret-keys';

/** The Secret that holds a PostgreSQL login, with the names of its keys. Immutable. */
export class DatabaseSecret {
  /** Name of the Secret, in the namespace of the hub. */
  readonly name: string;
  /** Key of the user's name. */
  readonly userKey: string;
  /** Key of the password. */
  readonly passwordKey: string;
  /** Key of the host name; none if the Secret does not hold it. */
  readonly hostKey?: string;
  /** Key of the port; none if the Secret does not hold it. */
  readonly portKey?: string;

  constructor(name: string, keys: SecretKeys = {}) {
    demand('DatabaseSecret', { name, keys });
    this.name = name;
    this.userKey = keys.user ?? hubVariables.user;
    this.passwordKey = keys.password ?? hubVariables.password;
    this.hostKey = keys.host;
    this.portKey = keys.port;
  }

  /**
   * Whether user and password stand under the names that Backstage reads, so that the Secret can be given to
   * a container whole.
   */
  get fitsHub(): boolean {
    return this._fits(hubVariables);
  }

  /**
   * Whether every key that the Secret has is called as is wanted.
   * @internal
   */
  _fits(names: Readonly<Record<LoginPart, string | undefined>>): boolean {
    const keys = this._keys();
    return loginParts.every((part) => keys[part] === undefined || keys[part] === names[part]);
  }

  /**
   * Key of each part of the login.
   * @internal
   */
  _keys(): Readonly<Record<LoginPart, string | undefined>> {
    return { host: this.hostKey, port: this.portKey, user: this.userKey, password: this.passwordKey };
  }
}
