/** What the Job's script prints in its last line, as JSON. */
export interface ServerAnswer {
  /** `15.14` */
  readonly version: string;
  /** The Job's own connection (`pg_stat_ssl`). */
  readonly ssl: boolean;
  /** `TLSv1.3`, where the connection is encrypted. */
  readonly tls: string | null;
  readonly databases: readonly string[];
  /** The database that the Job is connected to, and its schemas beside PostgreSQL's own. */
  readonly database: string;
  readonly schemas: readonly string[];
  /** Connections of the same user, without the Job's own (`pg_stat_activity`). */
  readonly connections: readonly ServerConnections[];
}

/** Connections to one database from one address. */
export interface ServerConnections {
  readonly database: string;
  readonly address: string | null;
  readonly ssl: boolean;
  readonly count: number;
}

/**
 * Asks the server in one query, from the first of the databases that the login may connect to. Where a certificate is to
 * be verified and no authority is named, the system's are taken, as Node.js does: libpq knows them by a name of its own
 * from 16 on only.
 */
export const serverScript = `set -euo pipefail
export PGCONNECT_TIMEOUT=10 PGAPPNAME=cdk8s-rhdh-verify
if [ "\${PGSSLMODE:-}" = verify-full ] && [ -z "\${PGSSLROOTCERT:-}" ]; then
  for bundle in /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/certs/ca-certificates.crt; do
    if [ -r "$bundle" ]; then export PGSSLROOTCERT=$bundle; fi
  done
fi
ask() { psql --no-psqlrc --no-password -Atq -v ON_ERROR_STOP=1; }
while IFS= read -r database; do
  export PGDATABASE=$database
  if ask <<< ';'; then break; fi
done <<< "$VERIFY_DATABASES"
ask << 'SQL'
SELECT json_build_object(
  'version', current_setting('server_version'),
  'ssl', (SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()),
  'tls', (SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()),
  'databases', (SELECT json_agg(datname ORDER BY datname) FROM pg_database WHERE NOT datistemplate),
  'database', current_database(),
  'schemas', coalesce((
    SELECT json_agg(nspname ORDER BY nspname) FROM pg_namespace
    WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
  ), '[]'::json),
  'connections', coalesce((
    SELECT json_agg(row_to_json(c) ORDER BY c.database, c.address)
    FROM (
      SELECT a.datname AS database, host(a.client_addr) AS address, s.ssl AS ssl, count(*) AS count
      FROM pg_stat_activity a JOIN pg_stat_ssl s USING (pid)
      WHERE a.usename = current_user AND a.datname IS NOT NULL
        AND a.application_name IS DISTINCT FROM current_setting('application_name')
      GROUP BY 1, 2, 3
    ) c
  ), '[]'::json)
);
SQL
`;

/** The answer in the Job's log. @returns nothing where it has none */
export function parseAnswer(log: string): ServerAnswer | undefined {
  const line = log
    .split('\n')
    .filter((text) => text.startsWith('{'))
    .at(-1);
  try {
    return line === undefined ? undefined : (JSON.parse(line) as ServerAnswer);
  } catch {
    return undefined;
  }
}
