import { defaultDatabasePrefix } from '../operators/rhdh';
import type { Configuration } from './configuration';
import { type HubConnection, hubConnections, type Placed } from './hub-connections';
import { describeText, isKnown } from './known-text';

const database = 'backend.database';

/** The names of the databases that Backstage opens for its plugins (Backstage, backend-defaults, PgConnector). */
export interface HubDatabaseNames {
  /** Whether all plugins share one database, each with a schema of its own. */
  readonly schemaMode: boolean;
  /** What the names of databases begin with, in database mode. */
  readonly prefix: Placed<string>;
  /** The one database, in schema mode; none where nobody names it. */
  readonly shared: Placed<string | undefined>;
  /** Databases that settings of a plugin name. */
  readonly named: readonly (Placed<string> & { readonly plugin: string })[];
}

/** What the configuration says of the names of databases. */
export function hubDatabaseNames(
  { config }: Configuration,
  connections: readonly HubConnection[],
): HubDatabaseNames {
  const [base, ...plugins] = connections;
  const schemaMode = config.get(`${database}.pluginDivisionMode`) === 'schema';
  const path = `${database}.prefix`;
  const prefix = config.get(path);
  return {
    schemaMode,
    prefix: {
      value: prefix === undefined || prefix === '' ? defaultDatabasePrefix : String(prefix),
      path,
      place: config.place(path),
    },
    shared: base.database,
    named: plugins.flatMap(({ plugin = '', database, path: own }) =>
      // In database mode the name that all share counts for nobody.
      database.value === undefined || !database.path.startsWith(`${own}.`)
        ? []
        : [{ ...database, value: database.value, plugin }],
    ),
  };
}

/** The databases that a hub opens, as far as its configuration tells. */
export interface OpenedDatabases {
  /** What the names of databases begin with that plugins have for themselves; none where all share one. */
  readonly prefix?: string;
  /** Databases that are opened by their whole name; in schema mode the one of all plugins first. */
  readonly names: readonly string[];
  /** Settings of names that cannot be read here, each with its place and what it is. */
  readonly unread: readonly string[];
}

/** The databases that a hub opens, for those who look for them or copy them. */
export function openedDatabases(configuration: Configuration): OpenedDatabases {
  const { schemaMode, prefix, shared, named } = hubDatabaseNames(
    configuration,
    hubConnections(configuration),
  );
  const ofPlugins: Placed<string | undefined>[] = [...(schemaMode ? [shared] : []), ...named];
  return {
    prefix: schemaMode || isUnread(prefix) ? undefined : prefix.value,
    names: [...new Set(ofPlugins.flatMap((name) => (isUnread(name) ? [] : (name.value ?? []))))],
    unread: [...modeSettings(configuration), ...(schemaMode ? [] : [prefix]), ...ofPlugins]
      .filter(isUnread)
      .map(({ place, path, value }) => `${place}: ${path} is ${describeText(value ?? '')}`),
  };
}

/** Settings that say where the names are, of which one that cannot be read hides what is below it. */
function modeSettings({ config }: Configuration): Placed<string | undefined>[] {
  const plugins = `${database}.plugin`;
  return ['backend', database, `${database}.pluginDivisionMode`, plugins]
    .concat(config.keys(plugins).flatMap((id) => [`${plugins}.${id}`]))
    .map((path) => {
      const value = config.get(path);
      return { value: typeof value === 'string' ? value : undefined, path, place: config.place(path) };
    });
}

function isUnread({ value }: Placed<string | undefined>): boolean {
  return value !== undefined && !isKnown(value);
}
