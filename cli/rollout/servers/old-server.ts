import type { KubeObject } from '../kubernetes/object';
import { namesHost } from 'cdk8s-rhdh/operators';

/** The database that a hub leaves. */
export interface Source {
  /** The hub's Backstage resource. */
  readonly hub: string;
  /** The Secret with its login. */
  readonly secret: string;
  /** The host that clients name, in any of its forms. */
  readonly host: string;
}

/**
 * Whether anything in an object names the source: its Secret, or its host alone or inside a URL.
 *
 * @param namespace of the object
 */
export function refersTo(source: Source, value: unknown, namespace: string | undefined): boolean {
  if (typeof value === 'string') return value === source.secret || namesHost(value, source.host, namespace);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((inner) => refersTo(source, inner, namespace));
}

/** Whether the object itself refers to the source; what it says of itself in its metadata and status does not count. */
export function isClientOf(
  source: Source,
  { metadata: { namespace }, status: _status, ...content }: KubeObject,
): boolean {
  return refersTo(source, content, namespace);
}
