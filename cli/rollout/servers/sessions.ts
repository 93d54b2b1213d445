/** Sessions that a server has, of one client (`pg_stat_activity`). */
export interface Session {
  readonly side: 'source' | 'target';
  readonly database: string;
  readonly user: string;
  /** Address that the server sees; empty for a local socket. */
  readonly address: string;
  readonly application: string;
  readonly count: number;
}

/** Someone who must have sessions on the new server. */
export interface Party {
  /** `Backstage/developer-hub`, or a service of a platform. */
  readonly name: string;
  /** Addresses of its pods. */
  readonly addresses: readonly string[];
}

/**
 * What is wrong with the sessions, one line each. Where a proxy stands in between, the server sees none of the pods'
 * addresses; then it is enough that somebody is connected.
 */
export function wrongSessions(parties: readonly Party[], sessions: readonly Session[]): string[] {
  const left = sessions.filter(({ side }) => side === 'source');
  const present = sessions.filter(({ side }) => side === 'target');
  const seen = new Set(present.map(({ address }) => address));
  const knowsPods = parties.some(({ addresses }) => addresses.some((address) => seen.has(address)));
  const missing = parties.filter(({ addresses }) =>
    knowsPods ? !addresses.some((address) => seen.has(address)) : present.length === 0,
  );
  return [
    ...missing.map(({ name }) => `${name} has no session on the new server`),
    ...left.map(
      ({ database, user, address, application, count }) =>
        `${count === 1 ? 'a session is' : `${count} sessions are`} still on the old server: ` +
        `${user} in ${database} from ${address || 'the server itself'}${application === '' ? '' : ` (${application})`}`,
    ),
  ];
}
