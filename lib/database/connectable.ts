import type { PostgresAddress } from './address';
import type { DatabaseSecret } from './database-secret';
import type { PostgresTls } from './tls';

/** What the settings of a client are made from; every `IPostgres` is one. */
export interface Connectable {
  readonly address: PostgresAddress;
  readonly secret: DatabaseSecret;
  readonly tls: PostgresTls;
}
