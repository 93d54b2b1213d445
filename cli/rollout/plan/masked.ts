import { createHash } from 'node:crypto';
import type { KubeObject } from '../kubernetes/object';

/** Metadata that the API server writes; never part of a difference. */
const serverMetadata = [
  'managedFields',
  'resourceVersion',
  'uid',
  'generation',
  'creationTimestamp',
  'selfLink',
];
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';
const secretName = /pass(word|wd)?|secret|token|credential|private.?key/i;

/** What of an object is compared: without the server's metadata and without its status. */
export function comparable(object: KubeObject): KubeObject {
  const { status: _status, ...rest } = object;
  const metadata = Object.fromEntries(
    Object.entries(object.metadata).filter(([key]) => !serverMetadata.includes(key)),
  );
  if (object.metadata.annotations?.[lastApplied] !== undefined) {
    const annotations = Object.entries(object.metadata.annotations).filter(([key]) => key !== lastApplied);
    metadata.annotations = annotations.length === 0 ? undefined : Object.fromEntries(annotations);
  }
  return { ...rest, metadata: metadata as unknown as KubeObject['metadata'] } as KubeObject;
}

/**
 * An object fit to be shown: values of a Secret, and of variables that are called like one, are replaced by a
 * short digest that differs when the value does.
 */
export function masked(object: KubeObject): KubeObject {
  return maskValue(object, object.kind === 'Secret' ? ['data', 'stringData'] : []) as KubeObject;
}

function maskValue(value: unknown, secretFields: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => maskValue(item, []));
  if (!isRecord(value)) return value;
  if (typeof value.name === 'string' && typeof value.value === 'string' && secretName.test(value.name)) {
    return { ...value, value: digest(value.value) };
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key,
      secretFields.includes(key) && isRecord(child)
        ? Object.fromEntries(Object.entries(child).map(([name, secret]) => [name, digest(String(secret))]))
        : maskValue(child, []),
    ]),
  );
}

/** Salted by this process, so that a short password cannot be guessed from a log. */
const salt = createHash('sha256').update(`${process.pid} ${process.hrtime.bigint()}`).digest();

function digest(value: string): string {
  return `*** (${createHash('sha256').update(salt).update(value).digest('hex').slice(0, 6)})`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
