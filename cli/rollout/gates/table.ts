import { groupKind, type KubeObject } from '../kubernetes/object';
import type { KindVersion } from '../kubernetes/resource';
import { backstageGate } from './backstage';
import { customResourceDefinitionGate } from './custom-resource-definition';
import { deploymentGate } from './deployment';
import { ready, type Gate, type GateResult } from './gate';
import { genericGate } from './generic';
import { jobGate } from './job';
import type { ObjectSet } from './object-set';
import { persistentVolumeClaimGate } from './persistent-volume-claim';
import { podGate } from './pod';
import { serviceGate } from './service';
import { sonataFlowGate } from './sonataflow';
import { sonataFlowPlatformGate } from './sonataflow-platform';
import { statefulSetGate } from './stateful-set';

/** What a kind needs to be judged. */
export interface GateEntry {
  readonly gate: Gate;
  /** Other kinds that the gate looks at, besides the object itself. */
  readonly reads: readonly KindVersion[];
}

const deployments: KindVersion = { apiVersion: 'apps/v1', kind: 'Deployment' };
const statefulSets: KindVersion = { apiVersion: 'apps/v1', kind: 'StatefulSet' };

/** Which gate applies to which kind. */
const gates: Readonly<Record<string, GateEntry>> = {
  'Backstage.rhdh.redhat.com': { gate: backstageGate, reads: [deployments, statefulSets] },
  'CustomResourceDefinition.apiextensions.k8s.io': { gate: customResourceDefinitionGate, reads: [] },
  'Deployment.apps': { gate: deploymentGate, reads: [] },
  'Job.batch': { gate: jobGate, reads: [] },
  PersistentVolumeClaim: { gate: persistentVolumeClaimGate, reads: [] },
  Pod: { gate: podGate, reads: [] },
  Service: { gate: serviceGate, reads: [] },
  'SonataFlow.sonataflow.org': { gate: sonataFlowGate, reads: [deployments] },
  'SonataFlowPlatform.sonataflow.org': { gate: sonataFlowPlatformGate, reads: [deployments] },
  'StatefulSet.apps': { gate: statefulSetGate, reads: [] },
};

/** Kinds without any status: ready once they exist, and not worth a watch. */
const passive = new Set([
  'ConfigMap',
  'Secret',
  'ServiceAccount',
  'Role.rbac.authorization.k8s.io',
  'RoleBinding.rbac.authorization.k8s.io',
  'ClusterRole.rbac.authorization.k8s.io',
  'ClusterRoleBinding.rbac.authorization.k8s.io',
  'NetworkPolicy.networking.k8s.io',
]);

/** The gate of a kind: its own, or the one for any kind. */
export function gateFor(object: { readonly apiVersion: string; readonly kind: string }): GateEntry {
  return gates[groupKind(object)] ?? { gate: genericGate, reads: [] };
}

export function isPassive(object: { readonly apiVersion: string; readonly kind: string }): boolean {
  return passive.has(groupKind(object));
}

/**
 * Judges an object that exists.
 * @param asked the object as its bundle has it. @default - as it is
 */
export function judge(object: KubeObject, objects: ObjectSet, asked?: KubeObject): GateResult {
  if (isPassive(object)) return ready();
  return gateFor(object).gate(object, objects, asked);
}
