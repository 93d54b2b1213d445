import { gunzipSync, gzipSync } from 'node:zlib';
import type { KubeObject } from '../../kubernetes/object';
import type { Api } from '../../kubernetes/api';
import { jsonOf, parseJson } from '../../kubernetes/json';
import type { Client } from '../clients/clients';
import type { Source } from '../../servers/old-server';

/** The Secret with everything that the way back needs. */
export const keptName = 'cdk8s-rhdh-move-kept';
const key = 'kept.json.gz';

/** The largest content of a Secret, in bytes (Kubernetes docs, Secret). */
const maxBytes = 1024 * 1024;

/** How things were before the move. */
export interface Kept {
  readonly source: Source;
  /** The Secret with the login of the source. */
  readonly secret: KubeObject;
  /** Who is stopped. */
  readonly clients: readonly Client[];
  /** What the later stages replace. */
  readonly objects: readonly KubeObject[];
}

/** What was kept, where something was. @throws Error when the Secret was edited into something else. */
export async function readKept(api: Api, namespace: string): Promise<Kept | undefined> {
  const secret = await api.find({ apiVersion: 'v1', kind: 'Secret', namespace, name: keptName });
  if (secret === undefined) return undefined;
  try {
    const packed = Buffer.from(secret.data[key] as string, 'base64');
    return parseJson(gunzipSync(packed).toString()) as Kept;
  } catch {
    throw new Error(
      `Secret/${keptName} in the namespace ${namespace} is damaged: put it back from a backup of the cluster`,
    );
  }
}

/** @throws Error when it is too large for a Secret. */
export async function writeKept(api: Api, namespace: string, kept: Kept): Promise<void> {
  const packed = gzipSync(jsonOf(kept));
  if (packed.length > maxBytes) {
    throw new Error(
      `what has to be kept takes ${(packed.length / 1024 / 1024).toFixed(1)} MiB, and a Secret holds 1 MiB`,
    );
  }
  await api.apply(
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: keptName,
        namespace,
        annotations: {
          'cdk8s-rhdh/about':
            'What cdk8s-rhdh rollback puts back. Delete it when the old database is not needed any more.',
        },
      },
      type: 'Opaque',
      data: { [key]: packed.toString('base64') },
    },
    { force: true },
  );
}

/** An object as it has to be put back: without its status and what the server writes. */
export function keepable({ status: _status, ...object }: KubeObject): KubeObject {
  const {
    resourceVersion: _version,
    generation: _generation,
    creationTimestamp: _time,
    ...metadata
  } = object.metadata;
  return { ...object, metadata } as KubeObject;
}

/** A kept object as it can be created. */
export function asNew(object: KubeObject): KubeObject {
  const { uid: _uid, managedFields: _fields, ...metadata } = object.metadata;
  return { ...object, metadata };
}
