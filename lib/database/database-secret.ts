import { HUB_VARIABLES } from '../operators/rhdh';
import { LOGIN_PARTS, LoginPart, SecretKeys } from './secret-keys';

/** The Secret that holds a PostgreSQL login, with the names of its keys. Immutable. */
export class DatabaseSecret {
  /** Name of the Secret, in the namespace of the hub. */
  public readonly name: string;
  /** Key of the user's name. */
  public readonly userKey: string;
  /** Key of the password. */
  public readonly passwordKey: string;
  /** Key of the host name; none if the Secret does not hold it. */
  public readonly hostKey?: string;
  /** Key of the port; none if the Secret does not hold it. */
  public readonly portKey?: string;

  constructor(name: string, keys: SecretKeys = {}) {
    this.name = name;
    this.userKey = keys.user ?? HUB_VARIABLES.user;
    this.passwordKey = keys.password ?? HUB_VARIABLES.password;
    this.hostKey = keys.host;
    this.portKey = keys.port;
  }

  /**
   * Whether user and password stand under the names that Backstage reads, so that the Secret can be given to
   * a container whole.
   */
  public get fitsHub(): boolean {
    const keys = this._keys();
    return LOGIN_PARTS.every((part) => keys[part] === undefined || keys[part] === HUB_VARIABLES[part]);
  }

  /**
   * Key of each part of the login.
   * @internal
   */
  public _keys(): Readonly<Record<LoginPart, string | undefined>> {
    return { host: this.hostKey, port: this.portKey, user: this.userKey, password: this.passwordKey };
  }
}
