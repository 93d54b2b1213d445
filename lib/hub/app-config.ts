import type { IPostgres } from '../database/postgres';
import { Manifest, parseYaml } from '../manifest/yaml-file';

/**
 * What in a ConfigMap of app-config files would fight the database that the hub is connected to: Backstage
 * reads its `backend.database` before any variable (Backstage documentation, "Configuring Databases").
 */
export function appConfigProblems(configMap: Manifest, database: IPostgres): string[] {
  return Object.entries((configMap.data ?? {}) as Record<string, string>)
    .filter(([key]) => /\.ya?ml$/.test(key))
    .flatMap(([key, text]) => {
      const origin = `ConfigMap ${configMap.metadata?.name}, ${key}`;
      const { value, problems } = parseYaml(text, origin);
      if (problems.length > 0) {
        return [...problems];
      }
      const settings = (value.toJS() as Manifest | null)?.backend?.database;
      return settings === undefined || settings === null
        ? []
        : databaseProblems(settings, `${origin}: backend.database`, database);
    });
}

function databaseProblems(settings: Manifest, path: string, database: IPostgres): string[] {
  const schemaMode = settings.pluginDivisionMode === 'schema';
  const plugins = Object.entries((settings.plugin ?? {}) as Record<string, Manifest>);
  return [
    ...settingsProblems(settings, path, database, schemaMode),
    ...plugins.flatMap(([id, plugin]) =>
      settingsProblems(plugin ?? {}, `${path}.plugin.${id}`, database, true),
    ),
  ];
}

/** @param mayNameDatabase whether `connection.database` is meaningful here: in schema mode, and for one plugin */
function settingsProblems(
  settings: Manifest,
  path: string,
  database: IPostgres,
  mayNameDatabase: boolean,
): string[] {
  const client = settings.client;
  const problems: string[] = [];
  if (client !== undefined && client !== 'pg') {
    problems.push(`${path}.client is '${client}', which does not use PostgreSQL; write client: pg`);
  }
  if (settings.ensureExists === false) {
    problems.push(
      `${path}.ensureExists is false, so Backstage fails on a server without its databases; ` +
        'leave it out, or create the databases first',
    );
  }
  return [
    ...problems,
    ...connectionProblems(settings.connection, `${path}.connection`, database, mayNameDatabase),
  ];
}

const VARIABLES: Readonly<Record<string, string>> = {
  host: '${POSTGRES_HOST}',
  port: '${POSTGRES_PORT}',
  user: '${POSTGRES_USER}',
  password: '${POSTGRES_PASSWORD}',
};

function connectionProblems(
  connection: unknown,
  path: string,
  database: IPostgres,
  mayNameDatabase: boolean,
): string[] {
  if (typeof connection === 'string') {
    return isVariable(connection)
      ? []
      : [`${path} is a fixed URL; write host, port, user and password as \${POSTGRES_…} variables`];
  }
  if (typeof connection !== 'object' || connection === null) {
    return [];
  }
  const settings = connection as Manifest;
  const problems = Object.entries(VARIABLES)
    .filter(([key]) => settings[key] !== undefined && !isVariable(settings[key]))
    .map(([key, variable]) =>
      key === 'port' && typeof settings.port === 'number'
        ? `${path}.port is the unquoted number ${settings.port}; write port: ${variable}`
        : `${path}.${key} is fixed; write ${key}: ${variable}`,
    );
  if (settings.database !== undefined && !mayNameDatabase) {
    problems.push(
      `${path}.database puts every plugin into one database, while each has its own in database mode; ` +
        'leave it out, or write pluginDivisionMode: schema',
    );
  }
  if (database.tls.verified && settings.ssl?.rejectUnauthorized === false) {
    problems.push(
      `${path}.ssl.rejectUnauthorized is false, which switches the verification of the server's certificate off; ` +
        'leave ssl out, the hub gets PGSSLMODE and the authority',
    );
  }
  if (database.tls.enabled && settings.ssl === false) {
    problems.push(`${path}.ssl is false, but the database demands TLS; leave ssl out`);
  }
  if (!database.tls.enabled && isDemanded(settings.ssl)) {
    problems.push(
      `${path}.ssl demands TLS, but the database is connected without; leave ssl out, or write tls of the database`,
    );
  }
  return problems;
}

function isDemanded(ssl: unknown): boolean {
  return ssl !== undefined && ssl !== null && ssl !== false;
}

function isVariable(value: unknown): boolean {
  return typeof value === 'string' && /^\$\{[A-Za-z_][A-Za-z0-9_]*\}$/.test(value.trim());
}
