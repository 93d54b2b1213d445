import type { IPostgres } from './postgres';

/** Most connections that one client keeps open. */
export interface ConnectionDemand {
  /** Who keeps them, for the report. */
  readonly client: string;
  readonly connections: number;
}

/** Connections that PostgreSQL keeps for superusers (`superuser_reserved_connections`). */
export const reservedConnections = 3;

const demands = new WeakMap<IPostgres, (() => ConnectionDemand[])[]>();

/** Notes what a client of `postgres` may open; asked at synthesis, when all is known. */
export function noteDemand(postgres: IPostgres, demand: () => ConnectionDemand[]): void {
  demands.set(postgres, [...(demands.get(postgres) ?? []), demand]);
}

/** What all clients of `postgres` may open, as far as it is known. */
export function demandsOn(postgres: IPostgres): ConnectionDemand[] {
  return (demands.get(postgres) ?? []).flatMap((demand) => demand());
}
