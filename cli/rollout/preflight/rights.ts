import type { KindVersion } from '../kubernetes/resource';
import type { KubeObject } from '../kubernetes/object';
import { leaseName } from '../state/lease';
import type { WatchedKind } from '../wait/cluster-watch';

/** What a command does to objects of a kind. */
export interface Right extends KindVersion {
  readonly verbs: readonly string[];
  /** @default - the whole cluster */
  readonly namespace?: string;
  /** This object alone. @default - all of the kind */
  readonly name?: string;
  /** Its plural, where it is not looked up by the kind: `pods/log`. */
  readonly resource?: string;
  /** A resource below the object: `log`. */
  readonly subresource?: string;
  /** What the command does less without it. @default - it does not work without it */
  readonly without?: string;
}

/** What applying does to an object: what it creates it applies, so that the right can be for its name alone. */
export const applyVerbs = ['get', 'create', 'patch'];

/** To do something with one object. */
export function rightsOn({ apiVersion, kind, metadata }: KubeObject, verbs: readonly string[]): Right {
  return { verbs, apiVersion, kind, namespace: metadata.namespace, name: metadata.name };
}

/** To watch some kinds. */
export function watchRights(kinds: readonly WatchedKind[]): Right[] {
  return kinds.map(({ optional, apiVersion, kind, namespace, name }) => ({
    verbs: ['list', 'watch'],
    apiVersion,
    kind,
    namespace,
    name,
    ...(optional && { without: 'tells less of why something is not ready' }),
  }));
}

/** To say why something is not ready: pods, their logs, and events. */
export function diagnosisRights(namespaces: readonly string[]): Right[] {
  const without = 'tells less of why something is not ready';
  return namespaces.flatMap((namespace) => [
    { verbs: ['get'], apiVersion: 'v1', kind: 'Pod', subresource: 'log', namespace, without },
    { verbs: ['list'], apiVersion: 'v1', kind: 'Event', namespace, without },
  ]);
}

/** To lock a namespace; the lock is read by a list, whose answer has the server's clock. */
export function lockRights(namespace: string): Right[] {
  const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace };
  return [
    { ...lease, verbs: ['create'] },
    { ...lease, verbs: ['list', 'update', 'delete'], name: leaseName },
  ];
}

/** To work with a ConfigMap of the rollout's own. */
export function ownConfigMap(namespace: string, name: string, verbs: readonly string[] = applyVerbs): Right {
  return { verbs, apiVersion: 'v1', kind: 'ConfigMap', namespace, name };
}

/** The namespaces of some objects, each once. */
export function namespacesOf(objects: readonly KubeObject[]): string[] {
  return [...new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []))];
}
