/** A database on a server, in a form in which two can be compared. */
export interface DatabaseAddress {
  /** Host as everybody in the cluster could write it: `db.rhdh` for a Service. */
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
  return { host: hostName(host, namespace), port: port ?? '5432', database: decodeURIComponent(database) };
}

/** The short form of a host name: a Service is `name.namespace`, whether or not `.svc.cluster.local` follows. */
export function hostName(host: string, namespace: string | undefined): string {
  const short = host
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/\.svc(\.cluster\.local)?$/, '');
  return short.includes('.') || short.includes(':') || namespace === undefined
    ? short
    : `${short}.${namespace}`;
}

/** `db.rhdh:5432/orders` */
export function addressText({ host, port, database }: DatabaseAddress): string {
  return `${host}:${port}/${database}`;
}

export function isSameServer(a: Pick<DatabaseAddress, 'host' | 'port'>, b: typeof a): boolean {
  return a.host === b.host && a.port === b.port;
}
