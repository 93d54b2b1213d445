import { parse } from 'yaml';
import type { KubeObject } from '../bundles/manifest';
import type { ObjectSet } from '../gates/object-set';

/**
 * Where a hub keeps its plugins' data: in databases of a prefix, or in schemas of one database (Backstage
 * documentation, "Configuring Plugin Databases").
 */
export interface HubDatabases {
  /** A database a plugin: `backstage_plugin_` and the plugin's id. */
  readonly prefix?: string;
  /** One database for all. */
  readonly database?: string;
}

/** What the hub's app-configs say; a later file wins. Files that cannot be read say nothing. */
export function hubDatabases(backstage: KubeObject, objects: ObjectSet): HubDatabases {
  const names: { name: string }[] = backstage.spec?.application?.appConfig?.configMaps ?? [];
  let prefix = 'backstage_plugin_';
  let mode: unknown = 'database';
  let database: unknown;
  for (const { name } of names) {
    const data: Record<string, string> =
      objects.get('ConfigMap', backstage.metadata.namespace, name)?.data ?? {};
    for (const text of Object.values(data)) {
      const settings = databaseSettings(text);
      if (typeof settings?.prefix === 'string') prefix = settings.prefix;
      mode = settings?.pluginDivisionMode ?? mode;
      database = settings?.connection?.database ?? database;
    }
  }
  if (mode !== 'schema') return { prefix };
  return typeof database === 'string' && !database.includes('$') ? { database } : {};
}

export function isHubDatabase(name: string, { prefix, database }: HubDatabases): boolean {
  if (prefix !== undefined) return name.startsWith(prefix);
  return database === undefined || name === database;
}

function databaseSettings(text: string): any {
  try {
    return (parse(text) as any)?.backend?.database;
  } catch {
    return undefined;
  }
}
