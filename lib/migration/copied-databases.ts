import { defaultDatabasePrefix, lightspeedDatabase } from '../operators/rhdh';
import { defaultDatabase, orchestratorDatabase } from '../operators/sonataflow';
import { hubsOn, type HubOnServer } from '../database/hubs-on-server';
import type { DatabaseMapping } from './database-mapping';
import type { IPostgres } from '../database/postgres';

/** What says which databases are copied: properties of a `DatabaseMigration`. */
export interface CopiedDatabases {
  readonly target: IPostgres;
  readonly databasePrefix?: string;
  readonly include?: readonly string[];
  readonly mappings?: readonly DatabaseMapping[];
}

/** Databases that a hub has beside those of its plugins: Lightspeed's, and the orchestrator's of operator and Helm. */
const otherDatabases = [orchestratorDatabase, lightspeedDatabase, defaultDatabase];

/** A pattern that matches a text; the characters that stand for others match any one. */
const literally = (text: string) => text.replace(/[*?]/g, '?');
const beginningWith = (prefix: string) => `${literally(prefix)}*`;

/**
 * Patterns of the databases to be copied: those that the hubs on the target will open, the others of a hub, and those
 * that the caller adds.
 */
export function copiedDatabases(props: CopiedDatabases): string[] {
  return [...new Set([...ofPlugins(props), ...otherDatabases, ...(props.include ?? [])])];
}

function ofPlugins({ target, databasePrefix, mappings = [] }: CopiedDatabases): string[] {
  const hubs = hubsOn(target);
  const prefixes =
    databasePrefix !== undefined || hubs.length === 0
      ? [databasePrefix ?? defaultDatabasePrefix]
      : hubs.flatMap(({ prefix }) => prefix ?? []);
  // What mappings fill has another name in the source.
  const names = hubs
    .flatMap((hub) => hub.names)
    .filter((name) => !mappings.some(({ targetDatabase }) => targetDatabase === name));
  return [...prefixes.map(beginningWith), ...names.map(literally)];
}

/** Those of the patterns that somebody wrote: it is told where the source has no such database. */
export function statedDatabases({ databasePrefix, include = [] }: CopiedDatabases): string[] {
  return [...(databasePrefix === undefined ? [] : [beginningWith(databasePrefix)]), ...include];
}

/**
 * Databases of the target from which others are looked for, the first that lets the login in is taken: the one that the
 * caller names, or that of a hub in schema mode, beside which the login may have no other.
 */
export function maintenanceDatabases({ target }: CopiedDatabases): string[] {
  return target.maintenanceDatabase !== undefined
    ? [target.maintenanceDatabase]
    : [
        ...hubsOn(target).flatMap(({ prefix, names: [shared] }) =>
          prefix === undefined ? (shared ?? []) : [],
        ),
        'postgres',
      ];
}

/** Why the hubs on the target would not find in it what was copied. */
export function copiedProblems(props: CopiedDatabases): string[] {
  return hubsOn(props.target).flatMap((hub) => [
    ...hub.unread.map(
      (setting) => `${setting}, so what hub ${hub.hub} opens is not known here; write it there itself`,
    ),
    ...(hub.unread.length > 0 ? [] : prefixProblems(hub, props)),
    ...schemaProblems(hub, props),
  ]);
}

function prefixProblems(
  { hub, prefix, names, unknownConfigMaps }: HubOnServer,
  { databasePrefix, mappings = [] }: CopiedDatabases,
): string[] {
  // What is in a ConfigMap that the app does not have, only the caller can say.
  if (unknownConfigMaps.length > 0 && prefix === defaultDatabasePrefix) return [];
  if (databasePrefix === undefined || databasePrefix === prefix || mappings.length > 0) return [];
  return [
    prefix === undefined
      ? `databasePrefix is '${databasePrefix}', but hub ${hub} keeps its plugins in schemas of database '${names[0]}'; leave it ` +
        `out, or map each: { sourceDatabase: '${databasePrefix}catalog', targetDatabase: '${names[0]}', targetSchema: 'catalog' }`
      : `databasePrefix is '${databasePrefix}', but hub ${hub} opens databases that begin with '${prefix}'; leave it out`,
  ];
}

/** In schema mode a plugin's schema has the name of the plugin. */
function schemaProblems(
  { hub, prefix, names: [shared] }: HubOnServer,
  { databasePrefix = defaultDatabasePrefix, mappings = [] }: CopiedDatabases,
): string[] {
  const isOfPlugin = ({ sourceDatabase, sourceSchema }: DatabaseMapping) =>
    sourceDatabase.startsWith(databasePrefix) &&
    !otherDatabases.includes(sourceDatabase) &&
    (sourceSchema ?? 'public') === 'public';
  return prefix !== undefined || shared === undefined
    ? []
    : mappings.filter(isOfPlugin).flatMap(({ sourceDatabase, targetDatabase, targetSchema = 'public' }) => {
        const plugin = sourceDatabase.slice(databasePrefix.length);
        return targetDatabase === shared && targetSchema === plugin
          ? []
          : [
              `${sourceDatabase} goes to schema '${targetSchema}' of database '${targetDatabase}', but hub ${hub} opens schema ` +
                `'${plugin}' of database '${shared}'; write targetDatabase: '${shared}', targetSchema: '${plugin}'`,
            ];
      });
}

/** What is taken for granted of hubs whose configuration is elsewhere. */
export function copiedWarnings({ target, databasePrefix }: CopiedDatabases): string[] {
  return databasePrefix !== undefined
    ? []
    : hubsOn(target).flatMap(({ hub, unknownConfigMaps }) =>
        unknownConfigMaps.map(
          (name) =>
            `ConfigMap ${name} of hub ${hub} is not in the app, so nobody looks for names of databases in it ` +
            '(backend.database.prefix and others); give its file, or state databasePrefix',
        ),
      );
}
