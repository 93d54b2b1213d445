import type { k8s } from 'cdk8s-plus-28';
import { authorityPath, authorityVolumes } from './container-environment';
import { jdbcUrl } from './jdbc-url';
import type { Connectable } from './connectable';

/** Database and schema that a service or workflow of SonataFlow keeps its data in. */
export interface PersistenceTarget {
  /** Name of the database. */
  readonly database: string;
  /** Schema inside the database. */
  readonly schema: string;
  /**
   * Whether the operator takes this very schema where none is named, so that a `serviceRef` can leave it out.
   * @default false
   */
  readonly schemaIsDefault?: boolean;
}

/** Reference to the keys of the Secret (SonataFlowPlatform CRD, `persistence.postgresql.secretRef`). */
export interface PersistenceSecretRef {
  /** Name of the Secret. */
  readonly name: string;
  /** Key of the user's name. */
  readonly userKey: string;
  /** Key of the password. */
  readonly passwordKey: string;
}

/** Reference to the Service (SonataFlowPlatform CRD, `persistence.postgresql.serviceRef`). */
export interface PersistenceServiceRef {
  /** Name of the Service. */
  readonly name: string;
  /**
   * Namespace of the Service.
   * @default - the namespace of the platform or workflow
   */
  readonly namespace?: string;
  /**
   * Port of the Service.
   * @default 5432
   */
  readonly port?: number;
  /** Name of the database. */
  readonly databaseName: string;
  /**
   * Schema inside the database.
   * @default - the operator's own choice: `<platform>-<service>`, or the workflow's name
   */
  readonly databaseSchema?: string;
}

/** The persistence of SonataFlow in PostgreSQL: exactly one of `serviceRef` and `jdbcUrl` is set. */
export interface SonataFlowPersistence {
  /** Where the login is. */
  readonly secretRef: PersistenceSecretRef;
  /**
   * Where the server is, if a Service without TLS says it all.
   * @default - `jdbcUrl` is set
   */
  readonly serviceRef?: PersistenceServiceRef;
  /**
   * URL for the PostgreSQL JDBC driver.
   * @default - `serviceRef` is set
   */
  readonly jdbcUrl?: string;
  /** Volumes that the pod needs beside: the authority's certificates. */
  readonly volumes: k8s.Volume[];
  /** Where the container mounts them. */
  readonly volumeMounts: k8s.VolumeMount[];
}

/**
 * A `serviceRef` where that is enough, which is the case for a Service of the cluster without TLS: the
 * operator builds the JDBC URL from it and leaves no place for parameters. Otherwise a `jdbcUrl`.
 */
export function sonataFlowPersistence(
  database: Connectable,
  target: PersistenceTarget,
): SonataFlowPersistence {
  const { name, userKey, passwordKey } = database.secret;
  const { host, port, serviceName, serviceNamespace } = database.address;
  const base = { secretRef: { name, userKey, passwordKey }, ...authorityVolumes(database) };
  if (serviceName !== undefined && !database.tls.enabled) {
    return {
      ...base,
      serviceRef: {
        name: serviceName,
        namespace: serviceNamespace,
        port: port === 5432 ? undefined : port,
        databaseName: target.database,
        databaseSchema: target.schemaIsDefault ? undefined : target.schema,
      },
    };
  }
  const { tls } = database;
  const path = tls.authority === undefined ? undefined : authorityPath(tls.authority);
  return {
    ...base,
    jdbcUrl: jdbcUrl({
      host,
      port,
      database: target.database,
      schema: target.schema,
      tls,
      authorityPath: path,
    }),
  };
}
