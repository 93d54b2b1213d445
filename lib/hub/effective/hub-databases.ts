import { DATABASE_PREFIX } from '../../operators/rhdh';
import type { OpenedDatabases } from '../../database/hubs-on-server';
import type { EffectiveHub } from './effective-hub';
import { HubConnection, hubConnections, Placed } from './hub-connections';
import { describeText, isKnown } from './known-text';

const DATABASE = 'backend.database';

/** The databases that Backstage opens for its plugins. */
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
  { config }: EffectiveHub,
  connections: readonly HubConnection[],
): HubDatabaseNames {
  const [base, ...plugins] = connections;
  const schemaMode = config.get(`${DATABASE}.pluginDivisionMode`) === 'schema';
  const path = `${DATABASE}.prefix`;
  const prefix = config.get(path);
  return {
    schemaMode,
    prefix: {
      value: prefix === undefined || prefix === '' ? DATABASE_PREFIX : String(prefix),
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

/** The databases that a hub opens, for those who copy them. */
export function openedDatabases(hub: string, effective: EffectiveHub): OpenedDatabases {
  const { schemaMode, prefix, shared, named } = hubDatabaseNames(effective, hubConnections(effective));
  const wanted: Placed<string | undefined>[] = [...(schemaMode ? [shared] : [prefix]), ...named];
  const isUnread = ({ value }: Placed<string | undefined>) => value !== undefined && !isKnown(value);
  const names = [...(schemaMode ? [shared] : []), ...named].filter((name) => !isUnread(name));
  return {
    hub,
    prefix: schemaMode || isUnread(prefix) ? undefined : prefix.value,
    names: [...new Set(names.flatMap(({ value }) => value ?? []))],
    unread: wanted
      .filter(isUnread)
      .map(({ place, path, value }) => `${place}: ${path} is ${describeText(value ?? '')}`),
    unknownConfigMaps: effective.unknownConfigMaps,
  };
}
