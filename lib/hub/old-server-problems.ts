import type { HubConnection } from '../configuration/hub-connections';
import type { IPostgres } from '../database/postgres';
import { areOneServer, placeOf } from '../database/hubs-on-server';
import { isSameHost } from '../operators/host';
import { type ConnectedHub, connectionProblems } from './connection-problems';

/** A connected hub, and the external server that it was on, if it was on one. */
interface LeavingHub extends ConnectedHub {
  readonly connections: readonly HubConnection[];
  readonly left: IPostgres | undefined;
}

/** Where the server that a hub leaves is still named, in the resource or in a ConfigMap that it refers to. */
export function oldServerProblems(hub: LeavingHub): string[] {
  const { left, database, effective, namespace, connections } = hub;
  if (left === undefined) return [];
  const { host } = left.address;
  if (areOneServer(left, database)) {
    return [`from is the server that the hub is connected to, ${placeOf(database)}; leave from out`];
  }
  // A database in which the two servers differ by their port alone cannot be told by its host.
  if (isSameHost(host, database.address.host, namespace)) return [];
  const told = connections.flatMap((connection) => connectionProblems(connection, hub));
  return effective
    .mentions((text) => namesHost(text, host, namespace))
    .filter((place) => !told.some((problem) => problem.startsWith(`${place}:`)))
    .map(
      (place) =>
        `${place} still names ${host}, which the hub leaves; write ${database.address.host}, or take it out`,
    );
}

/** A host stands in a URL or a list, too; one word alone only in a URL, as it can be a name of anything. */
function namesHost(text: string, host: string, namespace: string | undefined): boolean {
  return [...text.matchAll(/[\w.-]+/g)].some(({ 0: word, index }) => {
    const isInUrl = /[@/]/.test(text.charAt(index - 1)) && /^([:/?]|$)/.test(text.slice(index + word.length));
    return isSameHost(word, host, namespace) && (/\.\w/.test(word) || isInUrl);
  });
}
