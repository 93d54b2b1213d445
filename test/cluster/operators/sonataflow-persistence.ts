interface PostgresqlPersistence {
  readonly jdbcUrl?: string;
  readonly serviceRef?: {
    readonly name: string;
    readonly namespace?: string;
    readonly port?: number;
    readonly databaseName?: string;
    readonly databaseSchema?: string;
  };
  readonly secretRef: { readonly name: string; readonly userKey?: string; readonly passwordKey?: string };
}

/**
 * The environment by which a service or workflow finds its database
 * (`profiles/common/persistence/postgresql.go` in apache/incubator-kie-kogito-serverless-operator).
 */
export function datasource(postgresql: PostgresqlPersistence, schema: string, namespace: string) {
  const { name, userKey = 'POSTGRESQL_USER', passwordKey = 'POSTGRESQL_PASSWORD' } = postgresql.secretRef;
  return [
    { name: 'QUARKUS_DATASOURCE_USERNAME', valueFrom: { secretKeyRef: { name, key: userKey } } },
    { name: 'QUARKUS_DATASOURCE_PASSWORD', valueFrom: { secretKeyRef: { name, key: passwordKey } } },
    { name: 'QUARKUS_DATASOURCE_DB_KIND', value: 'postgresql' },
    { name: 'QUARKUS_DATASOURCE_JDBC_URL', value: jdbcUrl(postgresql, schema, namespace) },
    { name: 'KOGITO_PERSISTENCE_TYPE', value: 'jdbc' },
  ];
}

/**
 * The second way in which the jobs service is told where its database is (`platform/services/properties.go`):
 * of the parameters of a JDBC URL nothing but the schema gets there, so no TLS.
 */
export function reactiveUrl(postgresql: PostgresqlPersistence, schema: string, namespace: string): string {
  const [address, query] = jdbcUrl(postgresql, schema, namespace)
    .replace(/^jdbc:/, '')
    .split('?');
  const parameters = new URLSearchParams(query);
  const path = parameters.get('search_path') ?? parameters.get('currentSchema');
  return path ? `${address}?search_path=${path}` : address;
}

function jdbcUrl({ jdbcUrl, serviceRef }: PostgresqlPersistence, schema: string, namespace: string): string {
  if (!serviceRef) return jdbcUrl ?? '';
  const host = `${serviceRef.name}.${serviceRef.namespace ?? namespace}:${serviceRef.port ?? 5432}`;
  const database = serviceRef.databaseName ?? 'sonataflow';
  return `jdbc:postgresql://${host}/${database}?currentSchema=${serviceRef.databaseSchema ?? schema}`;
}
