import type { IConstruct } from 'constructs';
import type { OpenedDatabases } from '../configuration/opened-databases';
import { canonicalHost } from '../operators/host';
import { hostAndPort } from './address';
import type { IPostgres } from './postgres';

/** A hub, and the databases that it opens on its server. */
export interface HubOnServer extends OpenedDatabases {
  /** Name of the hub. */
  readonly hub: string;
  /** ConfigMaps with settings that the app does not make. */
  readonly unknownConfigMaps: readonly string[];
}

/** What an app does with one server. */
interface Server {
  readonly hubs: (() => HubOnServer)[];
  /** Secret with the login by which databases are copied to it. */
  copiedBy?: string;
}

const servers = new WeakMap<IConstruct, Map<string, Server>>();

/** Several objects of an app may stand for one server: its address tells. */
export function areOneServer(one: IPostgres, other: IPostgres): boolean {
  return serverAddress(one) === serverAddress(other);
}

/** Host and port of a server in the one form in which two can be compared. */
export function serverAddress({ address: { host, port }, namespace }: IPostgres): string {
  return hostAndPort(canonicalHost(host, namespace), port);
}

/** Host and port of a server, as the caller wrote them. */
export function placeOf({ address: { host, port } }: IPostgres): string {
  return hostAndPort(host, port);
}

function serverOf(postgres: IPostgres): Server {
  const { root } = postgres.node;
  const ofApp = servers.get(root) ?? new Map<string, Server>();
  servers.set(root, ofApp);
  const address = serverAddress(postgres);
  const server = ofApp.get(address) ?? { hubs: [] };
  ofApp.set(address, server);
  return server;
}

/** Notes which databases a hub opens on its server; asked at synthesis, when all is known. */
export function noteHub(postgres: IPostgres, opened: () => HubOnServer): void {
  serverOf(postgres).hubs.push(opened);
}

/** What the hubs of the app open on a server. */
export function hubsOn(postgres: IPostgres): HubOnServer[] {
  return serverOf(postgres).hubs.map((opened) => opened());
}

/** Notes that databases are copied to a server, where they are made. */
export function noteMigration(target: IPostgres): void {
  serverOf(target).copiedBy = target.secret.name;
}

/** Whether databases are copied to a server. */
export function isMigratedTo(postgres: IPostgres): boolean {
  return copiedBy(postgres) !== undefined;
}

/** Name of the Secret by whose login databases are copied to a server, to whose user they belong; none where they are not. */
export function copiedBy(postgres: IPostgres): string | undefined {
  return serverOf(postgres).copiedBy;
}
