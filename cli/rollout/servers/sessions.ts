/** Sessions that a server has, of one client (`pg_stat_activity`). */
export interface ServerSession {
  readonly side: 'source' | 'target';
  readonly database: string;
  readonly user: string;
  /** Address that the server sees; empty for a local socket. */
  readonly address: string;
  readonly application: string;
  readonly count: number;
}

/** Whether a value is what the Job tells of a session. */
export function isSession(value: unknown): value is ServerSession {
  const { side, database, user, address, application, count } = (value ?? {}) as Partial<ServerSession>;
  return (
    (side === 'source' || side === 'target') &&
    [database, user, address, application].every((text) => typeof text === 'string') &&
    typeof count === 'number'
  );
}

/** A session in words: `new server: 3 sessions of hub in catalog from 10.1.2.3 (catalog)`. */
export function sessionText(session: ServerSession): string {
  const { side, count } = session;
  const sessions = count === 1 ? '1 session' : `${count} sessions`;
  return `${side === 'source' ? 'old' : 'new'} server: ${sessions} of ${whoseText(session)}`;
}

function whoseText({ database, user, address, application }: ServerSession): string {
  const client = application === '' ? '' : ` (${application})`;
  return `${user} in ${database} from ${address || 'the server itself'}${client}`;
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
export function wrongSessions(parties: readonly Party[], sessions: readonly ServerSession[]): string[] {
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
      (session) =>
        `${session.count === 1 ? 'a session is' : `${session.count} sessions are`} still on the old server: ` +
        whoseText(session),
    ),
  ];
}
