import type { KubeObject } from '../bundles/manifest';

/** The database that a hub leaves. */
export interface Source {
  /** The hub's Backstage resource. */
  readonly hub: string;
  /** The Secret with its login. */
  readonly secret: string;
  /** The Service, or the host, that clients name, in its shortest form. */
  readonly host: string;
}

/** A host as clients in a namespace may shorten it: a Service's name, with its namespace where that is another one. */
export function shortHost(host: string, namespace: string | undefined): string {
  const [service = host, home, svc] = host.split('.');
  if (svc !== 'svc') return host;
  return home === namespace ? service : `${service}.${home}`;
}

/** Whether anything in an object names the source: its Secret, or its host alone or inside a URL. */
export function refersTo(source: Source, value: unknown): boolean {
  if (typeof value === 'string') return value === source.secret || namesHost(source.host, value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((inner) => refersTo(source, inner));
}

/** Whether the object itself refers to the source; what it says of itself in its metadata and status does not count. */
export function isClientOf(
  source: Source,
  { metadata: _metadata, status: _status, ...content }: KubeObject,
): boolean {
  return refersTo(source, content);
}

/** A longer name that begins or ends like the host's is another host. */
function namesHost(host: string, text: string): boolean {
  for (let at = text.indexOf(host); at >= 0; at = text.indexOf(host, at + 1)) {
    const before = text[at - 1] ?? ' ';
    const after = text[at + host.length] ?? ' ';
    if (!/[\w.-]/.test(before) && !/[\w-]/.test(after)) return true;
  }
  return false;
}
