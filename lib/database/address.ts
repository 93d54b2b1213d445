import { byFactory, made, standInFor } from '../api/arguments';

/** Host and port as a URL has them: an IPv6 address stands in brackets. */
export function hostAndPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Where a PostgreSQL server listens. */
export class PostgresAddress {
  /**
   * A server outside the cluster, or one that has no Service.
   * @param host DNS name or IP address; the one in the server's certificate where TLS verifies the name
   * @param port TCP port, by default 5432
   */
  static fromHost(host: string, port: number = 5432): PostgresAddress {
    return made(
      'PostgresAddress.fromHost',
      { host, port },
      () => new PostgresAddress(byFactory, host, port),
      unknown,
    );
  }

  /**
   * A server in the cluster, behind a Service.
   * @param name name of the Service
   * @param namespace namespace of the Service
   * @param port TCP port, by default 5432
   */
  static fromService(name: string, namespace: string, port: number = 5432): PostgresAddress {
    return made(
      'PostgresAddress.fromService',
      { name, namespace, port },
      () => new PostgresAddress(byFactory, `${name}.${namespace}.svc.cluster.local`, port, name, namespace),
      unknown,
    );
  }

  private constructor(
    key: symbol,
    /** Host name that clients connect to. */
    readonly host: string,
    /** TCP port. */
    readonly port: number,
    /** Name of the Service; none for a server outside the cluster. */
    readonly serviceName?: string,
    /** Namespace of the Service; none for a server outside the cluster. */
    readonly serviceNamespace?: string,
  ) {
    if (key !== byFactory) return standInFor('PostgresAddress', unknown());
  }
}

const unknown = () => PostgresAddress.fromHost('unknown');
