import { isDeepStrictEqual } from 'node:util';
import { backstage, platform, workflow } from 'cdk8s-rhdh/operators';
import { displayName, groupKind, objectKey, type KubeObject } from '../../kubernetes/object';
import { podCountPaths } from '../../gates/pod-count';
import { digestOf } from '../../state/digest';
import type { Client } from '../clients/clients';
import { sourceOfMove, type Move } from '../clients/find-move';
import type { Kept } from './kept';

const clientKinds = [backstage, platform, workflow, 'Deployment.apps', 'StatefulSet.apps'];
/** Their objects give rights. */
const groupsOfRights = /\.(rbac\.authorization\.k8s|authorization\.openshift)\.io$/;

/**
 * Whether the way back may write an object: one of the hub's namespace that gives nobody rights. Jobs run again, and are not
 * put back.
 */
export function mayBePutBack(object: KubeObject, home: string): boolean {
  const kind = groupKind(object);
  return object.metadata.namespace === home && kind !== 'Job.batch' && !groupsOfRights.test(kind);
}

/** What the move itself knows of what it kept. */
export interface MoveOfKept {
  readonly home: string;
  readonly move: Move;
  /** Of the bundles, the objects of the stages after the migration. */
  readonly later: readonly KubeObject[];
  /** The digest that the step recorded. @default - it recorded none */
  readonly digest: string | undefined;
}

/**
 * Why what is in the Secret is not to be trusted. Whoever may write Secrets in the namespace could have the way back create
 * what he may not create himself.
 */
export function keptProblems(kept: Kept, { home, move, later, digest }: MoveOfKept): string[] {
  const bundled = new Set(later.map(objectKey));
  if (digestOf(kept) !== digest) return ['its content has another digest than the move recorded'];
  return [
    ...kept.objects
      .filter((object) => !mayBePutBack(object, home))
      .map((object) => `a move keeps no ${named(object)}`),
    ...kept.objects
      .filter((object) => mayBePutBack(object, home) && !bundled.has(objectKey(object)))
      .map((object) => `no bundle after the migration has ${named(object)}`),
    ...kept.clients
      .filter((client) => !isClient(client, home))
      .map(({ object }) => `a move stops no ${named(object)}`),
    ...(isDeepStrictEqual(kept.source, sourceOfMove(move, kept.secret))
      ? []
      : ['its server is not the one of the bundles']),
    ...(isSecretOf(move, kept.secret, home)
      ? []
      : [`${named(kept.secret)} is not the Secret of the old server`]),
  ];
}

function isSecretOf(move: Move, { kind, metadata }: KubeObject, home: string): boolean {
  return kind === 'Secret' && metadata.name === move.secret && metadata.namespace === home;
}

function isClient({ object, replicas }: Client, home: string): boolean {
  const paths = podCountPaths(object).map(String);
  return (
    clientKinds.includes(groupKind(object)) &&
    object.metadata.namespace === home &&
    replicas.every(
      ({ path, value }) => paths.includes(String(path)) && (value === undefined || Number.isInteger(value)),
    )
  );
}

function named(object: KubeObject): string {
  const { namespace } = object.metadata;
  return `${displayName(object)}${namespace === undefined ? '' : ` of the namespace ${namespace}`}`;
}
