import type { IPostgres } from '../database/postgres';
import { isSameHost } from '../operators/host';
import { hubVariables } from '../operators/rhdh';
import type { EffectiveHub } from './effective/effective-hub';
import {
  connectionParts,
  type ConnectionPart,
  type HubConnection,
  type Placed,
} from '../configuration/hub-connections';
import { describeText, isKnown, sourceOf } from '../configuration/known-text';
import { isConfigObject } from '../configuration/substitution';
import type { RhdhRelease } from '../operators/release';

/** A hub as it will be, and the database that it is to be on. */
export interface ConnectedHub {
  readonly effective: EffectiveHub;
  readonly database: IPostgres;
  readonly namespace: string | undefined;
  readonly release: RhdhRelease;
}

/** Why one of the hub's connections does not lead to the database, or not with its login or TLS. */
export function connectionProblems(connection: HubConnection, hub: ConnectedHub): string[] {
  const { client, type } = connection;
  if (client.value !== 'pg') {
    return [`${at(client)} is '${client.value}', which does not use PostgreSQL; write client: pg`];
  }
  const known = hub.release.connectionTypes;
  if (type.value === 'cloudsql') {
    return [
      `${at(type)} is 'cloudsql': Backstage would take the address from instance, by a connector that RHDH does not ship, ` +
        'and not from the database that is connected; leave type and instance out',
    ];
  }
  if (!known.includes(type.value)) {
    return [
      `${at(type)} is '${type.value}', which RHDH ${hub.release.name} does not know; leave it out, and give the login a password`,
    ];
  }
  return [...urlProblems(connection), ...partProblems(connection, hub), ...tlsProblems(connection, hub)];
}

/** Whether the hub makes its password itself, as a token of the cloud. */
export function isTokenLogin({ type }: HubConnection): boolean {
  return type.value === 'azure' || type.value === 'rds';
}

function urlProblems({ url }: HubConnection): string[] {
  if (url === undefined || url.parsed !== undefined) return [];
  const what = isKnown(url.value)
    ? 'is no URL of PostgreSQL'
    : `is ${describeText(url.value)}, so its address is not known here`;
  return [`${at(url)} ${what}; ${asVariables}`];
}

const asVariables = 'write host, port, user and password as ${POSTGRES_…} variables';

function partProblems(connection: HubConnection, hub: ConnectedHub): string[] {
  if (connection.url !== undefined && connection.url.parsed === undefined) return [];
  return connectionParts
    .filter((part) => !(part === 'password' && isTokenLogin(connection)))
    .flatMap((part) => partProblem(part, connection, hub));
}

function partProblem(part: ConnectionPart, connection: HubConnection, hub: ConnectedHub): string[] {
  const found = connection.parts[part];
  if (isRight(part, found.value, hub)) return [];
  const variable = hubVariables[part];
  const { effective } = hub;
  const shown = found.value === undefined ? 'not set' : shownValue(part, found.value);
  const wanted = `the hub is connected to ${wantedValue(part, hub)}`;
  // What a file takes from the right variable is wrong where the variable is.
  if (found.value !== undefined && found.value === effective.variable(variable)) {
    return [
      `${effective.variablePlace(variable)}: ${variable} is ${shown}, but ${wanted}; ${effective.dropVariable(variable)}`,
    ];
  }
  const instead = connection.url?.path === found.path ? asVariables : `write ${part}: \${${variable}}`;
  return [`${at(found)} is ${shown}, but ${wanted}; ${found.path.includes('.') ? instead : 'take it out'}`];
}

/** Never shows a password, nor what surrounds one. */
function shownValue(part: ConnectionPart, text: string): string {
  return part === 'password' && sourceOf(text) === undefined ? 'a text of its own' : describeText(text);
}

function wantedValue(part: ConnectionPart, { database }: ConnectedHub): string {
  const key = database.secret._keys()[part];
  if (part === 'host' || part === 'port') {
    return part === 'host' ? database.address.host : `port ${database.address.port}`;
  }
  return `the database with key ${key} of Secret ${database.secret.name}`;
}

function isRight(part: ConnectionPart, text: string | undefined, hub: ConnectedHub): boolean {
  if (text === undefined) return false;
  const { database, effective, namespace } = hub;
  const key = database.secret._keys()[part];
  const source = sourceOf(text);
  if (source?.kind === 'Secret' && source.name === database.secret.name && source.key === key) return true;
  const value = effective.contents.resolve(text);
  if (!isKnown(value)) return false;
  const { address } = database;
  if (part === 'host') return isSameHost(value, address.host, namespace);
  return part === 'port'
    ? Number(value) === address.port
    : key !== undefined && effective.contents.of('Secret', database.secret.name)?.[key] === value;
}

function tlsProblems({ ssl, url }: HubConnection, hub: ConnectedHub): string[] {
  const { tls } = hub.database;
  const { value } = ssl;
  // A missing URL is told already, and PGSSLMODE has a rule of its own.
  if (ssl.path === 'PGSSLMODE' || (url !== undefined && url.parsed === undefined)) return [];
  const name = ssl.path.endsWith('.ssl') ? at(ssl) : `${at(ssl)}: its sslmode`;
  if (!isDemanded(value)) {
    return tls.enabled ? [`${name} is false, but the database demands TLS; leave ssl out`] : [];
  }
  if (!tls.enabled) {
    return [
      `${name} demands TLS, but the database is connected without; leave ssl out, or write tls of the database`,
    ];
  }
  if (!tls.verified) return [];
  const isUnverified = value === 'no-verify' || (isConfigObject(value) && value.rejectUnauthorized === false);
  if (isUnverified) {
    const what =
      isConfigObject(value) && ssl.path.endsWith('.ssl')
        ? `${at(ssl)}.rejectUnauthorized is false`
        : `${name} is no-verify`;
    return [
      `${what}, which switches the verification of the server's certificate off; ` +
        'leave ssl out, the hub gets PGSSLMODE and the authority',
    ];
  }
  return authorityProblems(ssl, hub);
}

/** An authority of its own takes the place of those that Node.js trusts. */
function authorityProblems(ssl: Placed<unknown>, { database, effective }: ConnectedHub): string[] {
  const { authority } = database.tls;
  const own = (ssl.value as { ca?: unknown } | null)?.ca;
  if (own === undefined || authority === undefined) return [];
  const texts = (Array.isArray(own) ? own : [own]).map(String);
  const wanted = effective.contents.of(authority.kind, authority.name)?.[authority.key]?.trim();
  const isRightAuthority = (text: string): boolean => {
    const source = sourceOf(text) ?? effective.file(text);
    return (
      (source?.kind === authority.kind && source.name === authority.name && source.key === authority.key) ||
      (wanted !== undefined && effective.contents.resolve(text).trim() === wanted)
    );
  };
  if (texts.some(isRightAuthority)) return [];
  const what = texts.every((text) => sourceOf(text) === undefined)
    ? 'a text of its own'
    : texts.map(describeText).join(', ');
  return [
    `${at(ssl)}.ca is ${what}, but the server's certificate is signed by ${authority.kind} ${authority.name}, ` +
      `key ${authority.key}; leave ssl out, the hub gets PGSSLMODE and the authority`,
  ];
}

function isDemanded(ssl: unknown): boolean {
  return ssl !== undefined && ssl !== null && ssl !== false && ssl !== '';
}

/** `ConfigMap config, app-config.yaml, line 4: backend.database.connection.host` */
function at({ place, path }: Placed<unknown>): string {
  return `${place}: ${path}`;
}
