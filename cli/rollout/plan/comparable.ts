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
