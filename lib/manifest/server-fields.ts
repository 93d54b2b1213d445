import type { Manifest } from './yaml-file';

/** An owner is told by its uid, and the garbage collector takes what has an owner that is not there. */
const metadataFields = [
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'ownerReferences',
  'resourceVersion',
  'selfLink',
  'uid',
];
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** An object without what the API server keeps in it, and the paths that were left out. */
export interface OwnFields {
  readonly value: Manifest;
  readonly leftOut: readonly string[];
}

/** Leaves out what belongs to the API server: what `oc get -o yaml` shows and no manifest should say. */
export function withoutServerFields(object: Manifest): OwnFields {
  const leftOut: string[] = [];
  const value = { ...object };
  if ('status' in value) {
    delete value.status;
    leftOut.push('status');
  }
  if (typeof value.metadata === 'object' && value.metadata !== null) {
    const metadata = (value.metadata = { ...value.metadata });
    for (const field of metadataFields.filter((name) => name in metadata)) {
      delete metadata[field];
      leftOut.push(`metadata.${field}`);
    }
    if (metadata.annotations?.[lastApplied] !== undefined) {
      const { [lastApplied]: _, ...annotations } = metadata.annotations;
      leftOut.push(`annotation ${lastApplied}`);
      if (Object.keys(annotations).length > 0) metadata.annotations = annotations;
      else delete metadata.annotations;
    }
  }
  return { value, leftOut };
}
