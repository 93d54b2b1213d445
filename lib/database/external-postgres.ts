import type { Construct } from 'constructs';
import { constructArguments } from '../api/arguments';
import { enforce } from '../rules/rule';
import { PostgresAddress } from './address';
import { Credentials } from './credentials';
import type { DatabaseSecret } from './database-secret';
import { Postgres } from './postgres';
import { externalPostgresRules } from './rules';
import type { SecretKeys } from './secret-keys';
import { PostgresTls } from './tls';
import { PostgresVersion } from './version';

/** What every {@link ExternalPostgres} needs to know of its server. */
export interface ExternalPostgresOptions {
  /** Where the server listens. */
  readonly address: PostgresAddress;

  /** What is demanded of connections; a managed service should get `PostgresTls.verifyFull(…)`. */
  readonly tls: PostgresTls;

  /**
   * The server's `max_connections`, against which the connection pools are summed.
   * @default - not known, not checked
   */
  readonly maxConnections?: number;

  /**
   * Database that the login may connect to while others are looked for or made. Where an administrator gave one
   * database alone, it is that one.
   * @default 'postgres'
   */
  readonly maintenanceDatabase?: string;

  /**
   * Image with PostgreSQL's client tools, for Jobs; its major version must not be older than the server's.
   * @default - the image of PostgresVersion.V15
   */
  readonly clientImage?: string;
}

/** Properties of {@link ExternalPostgres}. */
export interface ExternalPostgresProps extends ExternalPostgresOptions {
  /** Where the login comes from. A generated one is refused: nothing would tell the server of it. */
  readonly credentials: Credentials;

  /**
   * Name of the Secret that is made for plain-text and external-secret credentials.
   * @default 'external-postgres'
   */
  readonly secretName?: string;
}

/** Properties of {@link ExternalPostgres.fromSecret}. */
export interface ExternalPostgresFromSecretProps extends ExternalPostgresOptions {
  /** Name of the Secret, in the namespace of the hub. */
  readonly secretName: string;

  /**
   * Names of its keys.
   * @default - `POSTGRES_USER` and `POSTGRES_PASSWORD`; host and port come from `address`
   */
  readonly keys?: SecretKeys;
}

/**
 * A PostgreSQL server that exists already: a managed service (RDS, Azure, Cloud SQL), an operator's cluster
 * (CloudNativePG), or a server in another namespace.
 */
export class ExternalPostgres extends Postgres {
  /** A server whose login is in a Secret that exists already. */
  static fromSecret(scope: Construct, id: string, props: ExternalPostgresFromSecretProps): ExternalPostgres {
    const checked = constructArguments('ExternalPostgres.fromSecret', scope, id, props, () => ({
      ...unknownServer(),
      secretName: 'unknown',
    }));
    const { secretName, keys, ...options } = checked.props;
    const credentials = Credentials.fromSecret(secretName, keys);
    const postgres = new ExternalPostgres(scope, checked.id, { ...options, credentials });
    checked.reportAt(postgres, ExternalPostgres);
    return postgres;
  }

  readonly address: PostgresAddress;
  readonly secret: DatabaseSecret;
  readonly tls: PostgresTls;
  readonly clientImage: string;
  readonly maxConnections?: number;
  override readonly maintenanceDatabase?: string;

  constructor(scope: Construct, id: string, props: ExternalPostgresProps) {
    const checked = constructArguments('ExternalPostgres', scope, id, props, () => ({
      ...unknownServer(),
      credentials: Credentials.fromSecret('unknown'),
    }));
    super(scope, checked.id);
    checked.reportAt(this, ExternalPostgres);
    props = checked.props;
    this.address = props.address;
    this.tls = props.tls;
    this.maxConnections = props.maxConnections;
    this.maintenanceDatabase = props.maintenanceDatabase;
    this.clientImage = props.clientImage ?? PostgresVersion.V15.image;
    this.secret = props.credentials._bind(this, {
      secretName: props.secretName ?? 'external-postgres',
      address: this.address,
      labels: {},
      image: this.clientImage,
    });
    enforce(this, externalPostgresRules, () => props);
  }
}

function unknownServer(): { address: PostgresAddress; tls: PostgresTls } {
  return { address: PostgresAddress.fromHost('unknown'), tls: PostgresTls.disable() };
}
