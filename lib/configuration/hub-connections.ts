import type { Configuration } from './configuration';
import { type ConnectionUrl, parseConnectionUrl } from './connection-url';
import { sourceOf } from './known-text';
import { type ConfigValue, isConfigObject } from './substitution';

const database = 'backend.database';

/** Part of a connection that says where the server is, or who is asking. */
export type ConnectionPart = 'host' | 'port' | 'user' | 'password';

/** Parts of a connection, in the order in which they are reported. */
export const connectionParts: readonly ConnectionPart[] = ['host', 'port', 'user', 'password'];

/** The variables that node-postgres takes where a connection lacks a part (pg, lib/connection-parameters.js). */
const fallbacks: Readonly<Record<ConnectionPart, { variable: string; fallback?: string }>> = {
  host: { variable: 'PGHOST', fallback: 'localhost' },
  port: { variable: 'PGPORT', fallback: '5432' },
  user: { variable: 'PGUSER' },
  password: { variable: 'PGPASSWORD' },
};

/** A value, with the path of its setting and the place where that stands. */
export interface Placed<T> {
  readonly value: T;
  /** Path of the setting, such as `backend.database.connection.host`, or name of the variable. */
  readonly path: string;
  readonly place: string;
}

/** How Backstage connects for one plugin, or for all that have no settings of their own. */
export interface HubConnection {
  /** Id of the plugin; none for all others. */
  readonly plugin?: string;
  /** Path of the settings: `backend.database`, or that of the plugin. */
  readonly path: string;
  readonly client: Placed<string>;
  readonly type: Placed<string>;
  readonly ensureExists: Placed<boolean>;
  /** The URL where the connection is one, or has one. */
  readonly url?: Placed<string> & { readonly parsed?: ConnectionUrl };
  readonly parts: Readonly<Record<ConnectionPart, Placed<string | undefined>>>;
  readonly ssl: Placed<ConfigValue | undefined>;
  readonly database: Placed<string | undefined>;
}

/** The connections of a hub: first the one of all plugins without settings of their own, then one for each with. */
export function hubConnections(hub: Configuration): HubConnection[] {
  return [undefined, ...hub.config.keys(`${database}.plugin`)].map((plugin) => connectionOf(hub, plugin));
}

/** Settings that count, the ones that win first. */
function connectionOf(hub: Configuration, plugin: string | undefined): HubConnection {
  const { config } = hub;
  const paths = plugin === undefined ? [database] : [`${database}.plugin.${plugin}`, database];
  const placed = <T>(value: T, path: string): Placed<T> => ({ value, path, place: config.place(path) });
  /** The first of the paths at which something stands. */
  const first = (name: string): Placed<ConfigValue | undefined> => {
    const path = paths.find((base) => config.get(`${base}.${name}`) !== undefined) ?? paths[0];
    return placed(config.get(`${path}.${name}`), `${path}.${name}`);
  };
  const url = urlOf(hub, paths);
  const field = (name: string): Placed<ConfigValue | undefined> => {
    const own = first(`connection.${name}`);
    const ofUrl = url?.parsed?.[name as keyof ConnectionUrl];
    const isOverridden =
      url !== undefined &&
      own.value !== undefined &&
      paths.indexOf(url.base) > paths.indexOf(baseOf(own.path));
    const takesUrl = url !== undefined && (url.wins || !isOverridden);
    const isAllInUrl = url?.wins === true && name !== 'ssl' && name !== 'type';
    return takesUrl && (ofUrl !== undefined || own.value === undefined || isAllInUrl)
      ? { value: ofUrl as ConfigValue | undefined, path: url.path, place: url.place }
      : own;
  };
  const part = (name: ConnectionPart): Placed<string | undefined> => {
    const found = field(name);
    if (found.value !== undefined && found.value !== '' && !isConfigObject(found.value)) {
      return { ...found, value: String(found.value) };
    }
    const { variable, fallback } = fallbacks[name];
    const value = hub.variable(variable);
    return value === undefined || value === '' || sourceOf(value)?.kind === 'variable'
      ? { ...found, value: fallback }
      : { value, path: variable, place: hub.variablePlace(variable) };
  };
  return {
    plugin,
    path: paths[0],
    client: text(first('client'), 'pg'),
    type: text(field('type'), 'default'),
    ensureExists: { ...first('ensureExists'), value: isTrue(first('ensureExists').value) },
    url,
    parts: { host: part('host'), port: part('port'), user: part('user'), password: part('password') },
    ssl: sslOf(hub, field('ssl')),
    database: databaseOf(field('database')),
  };
}

/**
 * A URL in place of the connection, or its `connectionString`; the latter wins over all that stands beside it
 * (pg, lib/connection-parameters.js).
 */
function urlOf(hub: Configuration, paths: readonly string[]) {
  for (const [name, wins] of [
    ['connection.connectionString', true],
    ['connection', false],
  ] as const) {
    const base = paths.find((candidate) => typeof hub.config.get(`${candidate}.${name}`) === 'string');
    if (base !== undefined) {
      const path = `${base}.${name}`;
      const value = hub.config.get(path) as string;
      return { value, path, place: hub.config.place(path), parsed: parseConnectionUrl(value), base, wins };
    }
  }
  return undefined;
}

function baseOf(path: string): string {
  return path.slice(0, path.indexOf('.connection'));
}

function text(found: Placed<ConfigValue | undefined>, fallback: string): Placed<string> {
  return { ...found, value: found.value === undefined ? fallback : String(found.value) };
}

function databaseOf(found: Placed<ConfigValue | undefined>): Placed<string | undefined> {
  return { ...found, value: found.value === undefined ? undefined : String(found.value) };
}

/** What @backstage/config takes for a boolean; true where nothing is said. */
function isTrue(value: ConfigValue | undefined): boolean {
  return !/^(?:n|no|false|0|off)$/i.test(String(value ?? true).trim());
}

/** What node-postgres makes of `ssl`, or of PGSSLMODE where there is none. */
function sslOf(hub: Configuration, found: Placed<ConfigValue | undefined>): Placed<ConfigValue | undefined> {
  if (found.value !== undefined) return found;
  const mode = hub.variable('PGSSLMODE');
  return { value: sslOfMode(mode), path: 'PGSSLMODE', place: hub.variablePlace('PGSSLMODE') };
}

function sslOfMode(mode = ''): ConfigValue {
  return ['prefer', 'require', 'verify-ca', 'verify-full'].includes(mode) || (mode === 'no-verify' && mode);
}
