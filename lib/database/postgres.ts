import { Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { demand, notMade } from '../api/arguments';
import { enforce } from '../rules/rule';
import type { PostgresAddress } from './address';
import { type ContainerEnvironment, jobEnvironment, sidecarEnvironment } from './container-environment';
import type { DatabaseSecret } from './database-secret';
import { type HubEnvironment, hubEnvironment } from './hub-environment';
import {
  type PersistenceTarget,
  type SonataFlowPersistence,
  sonataFlowPersistence,
} from './sonataflow-persistence';
import { postgresRules } from './rules';
import type { PostgresTls } from './tls';

/**
 * A PostgreSQL server, as everything else needs to know it. Whatever connects (hub, sidecars, SonataFlow,
 * workflows, Jobs) derives its settings from here, so changing the database means changing one line.
 */
export interface IPostgres extends IConstruct {
  /** Where the server listens. */
  readonly address: PostgresAddress;
  /** The Secret with the login, and the names of its keys. */
  readonly secret: DatabaseSecret;
  /** What is demanded of a connection. */
  readonly tls: PostgresTls;
  /** Namespace of the Secret, and so of everything that connects. */
  readonly namespace?: string;
  /** Image with PostgreSQL's client tools (psql, pg_isready) and bash, for Jobs. */
  readonly clientImage: string;
  /** The server's `max_connections`; none if it is not known. */
  readonly maxConnections?: number;
  /** Database that the login may connect to while others are looked for or made; 'postgres' if none is said. */
  readonly maintenanceDatabase?: string;

  /** What a hub needs to connect. */
  hubEnvironment(): HubEnvironment;
  /** What a sidecar of the hub needs to connect: the variables of the hub, in a container of its own. */
  sidecarEnvironment(): ContainerEnvironment;
  /** What a Job needs to connect with libpq (psql, pg_dump): `PGHOST`, `PGUSER` and so on. */
  jobEnvironment(): ContainerEnvironment;
  /** The persistence of a service or workflow of SonataFlow in a database of this server. */
  sonataFlowPersistence(target: PersistenceTarget): SonataFlowPersistence;
}

/** What the kinds of PostgreSQL have in common; see `PostgresStatefulSet` and `ExternalPostgres`. */
export abstract class Postgres extends Construct implements IPostgres {
  abstract readonly address: PostgresAddress;
  abstract readonly secret: DatabaseSecret;
  abstract readonly tls: PostgresTls;
  abstract readonly clientImage: string;
  abstract readonly maxConnections?: number;
  readonly namespace?: string;
  readonly maintenanceDatabase?: string;

  constructor(scope: Construct, id: string) {
    if (new.target === Postgres) throw new Error(notMade('IPostgres', 'Postgres'));
    super(scope, id);
    this.namespace = Chart.of(this).namespace;
    enforce<IPostgres>(this, postgresRules, () => this);
  }

  hubEnvironment(): HubEnvironment {
    return hubEnvironment(this);
  }

  sidecarEnvironment(): ContainerEnvironment {
    return sidecarEnvironment(this);
  }

  jobEnvironment(): ContainerEnvironment {
    return jobEnvironment(this);
  }

  sonataFlowPersistence(target: PersistenceTarget): SonataFlowPersistence {
    demand('Postgres.sonataFlowPersistence', { target });
    return sonataFlowPersistence(this, target);
  }
}
