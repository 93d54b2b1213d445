import { canonicalHost } from 'cdk8s-rhdh/operators';

/** A database on a server, in a form in which two can be compared. */
export interface DatabaseAddress {
  /** In its canonical form: `db.rhdh` for a Service. */
  readonly host: string;
  readonly port: string;
  readonly database: string;
}

/**
 * Where a URL of pgJDBC or of Quarkus' reactive client leads to (`jdbc:postgresql://…`, `postgresql://…`); nothing
 * for another form.
 *
 * @param namespace of the pod that has the URL
 */
export function addressOfUrl(url: string, namespace: string | undefined): DatabaseAddress | undefined {
  const [, host, port, database] =
    /^(?:jdbc:|vertx-reactive:)?postgres(?:ql)?:\/\/(?:[^@/]*@)?(\[[^\]]+\]|[^:/?]+)(?::(\d+))?\/([^?]+)/.exec(
      url,
    ) ?? [];
  if (host === undefined || database === undefined) return undefined;
  return {
    host: canonicalHost(host, namespace),
    port: port ?? '5432',
    database: decodeURIComponent(database),
  };
}

/** `db.rhdh:5432/orders` */
export function addressText({ host, port, database }: DatabaseAddress): string {
  return `${host}:${port}/${database}`;
}

export function isSameServer(a: Pick<DatabaseAddress, 'host' | 'port'>, b: typeof a): boolean {
  return a.host === b.host && a.port === b.port;
}
