import type { HubConnection } from '../configuration/hub-connections';
import type { IPostgres } from '../database/postgres';
import { type ConnectedHub, connectionProblems, hostNames } from './connection-problems';

/** A connected hub, and the external server that it was on, if it was on one. */
interface LeavingHub extends ConnectedHub {
  readonly connections: readonly HubConnection[];
  readonly left: IPostgres | undefined;
}

/** Where the server that a hub leaves is still named, in the resource or in a ConfigMap that it refers to. */
export function oldServerProblems(hub: LeavingHub): string[] {
  const { left, database, effective, namespace, connections } = hub;
  if (left === undefined) return [];
  const { host, port } = left.address;
  if (host === database.address.host && port === database.address.port) {
    return [`from is the server that the hub is connected to, ${host}:${port}; leave from out`];
  }
  // A database in which the two servers differ by their port alone cannot be told by its host.
  if (host === database.address.host) return [];
  const told = connections.flatMap((connection) => connectionProblems(connection, hub));
  return effective
    .mentions((text) => namesHost(text, hostNames(left.address, namespace)))
    .filter((place) => !told.some((problem) => problem.startsWith(`${place}:`)))
    .map(
      (place) =>
        `${place} still names ${host}, which the hub leaves; write ${database.address.host}, or take it out`,
    );
}

/** A host stands in a URL or a list, too; one word alone only in a URL, as it can be a name of anything. */
function namesHost(text: string, hosts: readonly string[]): boolean {
  return hosts.some((host) => {
    const literally = host.replace(/[.[\]]/g, '\\$&');
    const pattern = host.includes('.')
      ? `(?<![\\w.-])${literally}(?![\\w-]|\\.\\w)`
      : `[@/]${literally}([:/?]|$)`;
    return new RegExp(pattern, 'i').test(text);
  });
}
