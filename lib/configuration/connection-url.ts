/** What a connection URL says, in the terms of a connection object. What it leaves out is not there. */
export interface ConnectionUrl {
  readonly host?: string;
  readonly port?: string;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  readonly ssl?: boolean | { readonly rejectUnauthorized?: boolean; readonly ca?: string };
}

/** Scheme, user, password, host, port, database, parameters. */
const urlParts =
  /^[a-z][a-z0-9+.-]*:\/\/(?:([^:@/?#]*)(?::([^@/?#]*))?@)?(\[[^\]]*\]|[^:/?#]*)(?::([^/?#]*))?(?:\/([^?#]*))?(?:\?([^#]*))?/i;

/**
 * Reads a connection URL as node-postgres does (pg-connection-string): parameters win over the parts, and `sslmode`
 * becomes `ssl`. Nothing is said of a text that is no URL.
 */
export function parseConnectionUrl(text: string): ConnectionUrl | undefined {
  const match = urlParts.exec(text.trim());
  if (match === null) return undefined;
  const [user, password, host, port, database] = match
    .slice(1, 6)
    .map((part) => (part ? decoded(part) : undefined));
  const parameters = new Map(
    (match[6] ?? '')
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair): [string, string] => {
        const [name, ...value] = pair.split('=');
        return [decoded(name), decoded(value.join('='))];
      }),
  );
  const ssl = sslOf(parameters);
  return {
    host: parameters.get('host') ?? host?.replace(/^\[|\]$/g, ''),
    port: parameters.get('port') ?? port,
    user: parameters.get('user') ?? user,
    password: parameters.get('password') ?? password,
    database: database ?? parameters.get('db'),
    ...(ssl === undefined ? {} : { ssl }),
  };
}

function sslOf(parameters: ReadonlyMap<string, string>): ConnectionUrl['ssl'] {
  const file = parameters.get('sslrootcert');
  const trusted = file === undefined ? {} : { ca: file };
  const mode = parameters.get('sslmode') ?? '';
  if (mode === 'disable') return false;
  if (mode === 'no-verify') return { rejectUnauthorized: false };
  if (['prefer', 'require', 'verify-ca', 'verify-full'].includes(mode)) return trusted;
  const ssl = parameters.get('ssl');
  if (ssl === 'true' || ssl === '1') return true;
  return ssl === '0' ? false : file === undefined ? undefined : trusted;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
