import { backstage, platform, workflow } from 'cdk8s-rhdh/operators';
import { groupKind, objectKey, type KubeObject } from '../../kubernetes/object';
import { podCountPaths } from '../../gates/pod-count';
import { valueAt } from '../../fields/paths';
import { isClientOf, type Source } from '../../servers/old-server';

/** A field that says how many pods run. */
export interface ReplicasField {
  readonly path: readonly string[];
  /** What it says. @default - it is not set */
  readonly value?: number;
}

/** An object whose pods use the source, or work for those that do. */
export interface Client {
  /** As it was found, in the version that has all of its fields. */
  readonly object: KubeObject;
  /** The version that it is written in. */
  readonly apiVersion: string;
  readonly replicas: readonly ReplicasField[];
}

/** Pods of a workflow carry it (SonataFlow operator, `workflowproj.LabelWorkflow`; the Helm charts set it, too). */
const workflowLabel = 'sonataflow.org/workflow-app';

/**
 * Gives the clients that bundles carry the version of the bundle: what was written in another version than the one
 * that is applied later may not be comparable (Kubernetes docs, CRD versioning).
 */
export function writtenAs(clients: readonly Client[], bundled: readonly KubeObject[]): Client[] {
  const versions = new Map(bundled.map((object) => [objectKey(object), object.apiVersion]));
  return clients.map((client) => ({
    ...client,
    apiVersion: versions.get(objectKey(client.object)) ?? client.apiVersion,
  }));
}

/**
 * Who has to stop before the source may be copied: the hub, every platform on the source, the workflows that work
 * with these platforms or use the source themselves, and workloads that nobody controls and that name the source.
 *
 * @param objects Backstage, SonataFlowPlatform, SonataFlow, Deployment and StatefulSet objects of the namespace
 */
export function clientsOf(source: Source, objects: readonly KubeObject[]): Client[] {
  const of = (kind: string) => objects.filter((object) => groupKind(object) === kind);
  const hubs = of(backstage).filter((hub) => hub.metadata.name === source.hub || isClientOf(source, hub));
  const platforms = of(platform).filter((platform) => isClientOf(source, platform));
  const isWorkflowToStop = (object: KubeObject) => platforms.length > 0 || isClientOf(source, object);
  const workflows = of(workflow).filter(isWorkflowToStop);
  const workloads = [...of('Deployment.apps'), ...of('StatefulSet.apps')].filter(
    (workload) =>
      !isControlled(workload) &&
      (isClientOf(source, workload) || (isWorkflow(workload) && isWorkflowToStop(workload))),
  );
  return [...hubs, ...platforms, ...workflows, ...workloads].map(asClient);
}

function asClient(object: KubeObject): Client {
  const replicas = podCountPaths(object).map((path) => ({ path, value: valueAt(object, path) as number }));
  return { object, apiVersion: object.apiVersion, replicas };
}

function isControlled({ metadata }: KubeObject): boolean {
  return metadata.ownerReferences?.some(({ controller }) => controller === true) ?? false;
}

function isWorkflow({ metadata, spec }: KubeObject): boolean {
  return workflowLabel in { ...metadata.labels, ...spec?.template?.metadata?.labels };
}
