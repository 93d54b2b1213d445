import type { Construct } from 'constructs';
import { constructArguments } from '../api/arguments';
import { PostgresAddress } from '../database/address';
import { DatabaseSecret } from '../database/database-secret';
import { Postgres } from '../database/postgres';
import { PostgresTls } from '../database/tls';
import { PostgresVersion } from '../database/version';
import { localSecretName, localDatabaseName } from '../operators/rhdh';

/** Properties of {@link LocalPostgres}. */
export interface LocalPostgresProps {
  /** Name of the Backstage resource. */
  readonly hub: string;

  /**
   * Image with PostgreSQL's client tools, for Jobs.
   * @default PostgresVersion.V15's image, which the operator's database uses too
   */
  readonly clientImage?: string;
}

/**
 * The PostgreSQL that the operator runs for a hub (`spec.database.enableLocalDb`), in the namespace of the hub: what
 * a move begins with. It listens without TLS.
 */
export class LocalPostgres extends Postgres {
  readonly address: PostgresAddress;
  readonly secret: DatabaseSecret;
  readonly tls = PostgresTls.disable();
  readonly clientImage: string;
  readonly maxConnections?: number;

  /**
   * Name of the Backstage resource.
   * @internal
   */
  readonly _hub: string;

  constructor(scope: Construct, id: string, props: LocalPostgresProps) {
    const checked = constructArguments('LocalPostgres', scope, id, props, () => ({ hub: 'unknown' }));
    super(scope, checked.id);
    checked.reportAt(this, LocalPostgres);
    props = checked.props;
    this._hub = props.hub;
    this.address = PostgresAddress.fromService(localDatabaseName(props.hub), this.namespace ?? '');
    this.clientImage = props.clientImage ?? PostgresVersion.V15.image;
    this.secret = new DatabaseSecret(localSecretName(props.hub));
  }
}
