import { rhdhOperator } from 'cdk8s-rhdh/operators';
import type { KubeObject } from '../../kubernetes/object';
import type { Client } from '../clients/clients';
import { moveManager } from '../../fields/managed-fields';
import { withoutHub, withoutOperator } from '../../fields/operators-own';
import { isOwn, ownerOf } from '../../fields/own-content';
import { leafPaths, merged, valueAt, withAt, withoutAt, type Json } from '../../fields/paths';

/** Of two ways to name a database only one may be given, so the bundle's way replaces the former whole. */
const persistences = [
  ['spec', 'persistence'],
  ['spec', 'services', 'dataIndex', 'persistence'],
  ['spec', 'services', 'jobService', 'persistence'],
];

/**
 * What an object is after the switch, to be written at once: as its bundle says, without what the RHDH operator and the
 * rollout had written and the bundle has no more. What others had added stays, and so does a number of pods that
 * somebody else had set and the bundle leaves to him.
 *
 * @param live the object as it is, stopped
 * @param bundled the object as its bundle has it
 * @param former the object before the move. @default - there was none
 * @param client what was stopped of it. @default - nothing
 */
export function switchedContent(
  live: KubeObject,
  bundled: KubeObject,
  former: KubeObject | undefined,
  client: Client | undefined,
): KubeObject {
  const counts = client?.replicas ?? [];
  const gone = [
    ...persistences.filter((path) => valueAt(bundled, path) !== undefined),
    ...writtenPaths(live),
    ...(former ? writtenPaths(former) : []),
    ...counts.map(({ path }) => path),
  ];
  const left = gone.reduce<Json>(withoutAt, live);
  const content = merged(left, bundled as unknown as Json) as KubeObject;
  const withCounts = counts
    .filter(({ path }) => leavesToOthers(bundled, client?.object, path))
    .reduce<Json>((all, { path, value }) => withAt(all, path, value), content) as KubeObject;
  const { metadata } = live;
  return {
    ...withCounts,
    metadata: {
      ...withCounts.metadata,
      resourceVersion: metadata.resourceVersion,
      uid: metadata.uid,
      ownerReferences: withoutHub(metadata.ownerReferences),
      managedFields: withoutOperator(metadata.managedFields ?? []),
    },
  };
}

/** Whether the bundle says nothing of a number of pods that somebody else had set. */
export function leavesToOthers(
  bundled: KubeObject,
  former: KubeObject | undefined,
  path: readonly string[],
): boolean {
  if (former === undefined || valueAt(former, path) === undefined) return false;
  const owner = ownerOf(former, path);
  return valueAt(bundled, path) === undefined && !(owner !== undefined && isOwn(owner));
}

/** The fields of the spec that the RHDH operator, the rollout or a move has written. */
function writtenPaths({ metadata }: KubeObject): string[][] {
  return (metadata.managedFields ?? [])
    .filter(
      (entry) => isOwn(entry) || (!entry.subresource && [rhdhOperator, moveManager].includes(entry.manager)),
    )
    .flatMap(({ fieldsV1 }) => leafPaths((fieldsV1 ?? {}) as Json))
    .filter(([field]) => field === 'spec');
}
