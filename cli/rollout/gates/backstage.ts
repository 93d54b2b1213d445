import { configurationHash, idleAnnotation, workloadName } from 'cdk8s-rhdh/operators';
import type { KubeObject } from '../kubernetes/object';
import { configHash } from './backstage-configuration';
import { missingFromPodTemplate } from './backstage-pod-template';
import { valueAt } from '../fields/paths';
import { deploymentGate } from './deployment';
import { conditionOf, conditionText, ready, stuck, unheard, waiting, type Gate } from './gate';
import type { ObjectSet } from './object-set';
import { podCountPaths, unlessEmpty } from './pod-count';
import { statefulSetGate } from './stateful-set';

/**
 * A hub is ready when the operator says `Deployed` and what it deployed is what was asked for: the workload's
 * pod template refers to the resource's environment, carries the hash of the present ConfigMaps and Secrets,
 * and has rolled out. The condition alone may be stale: it carries no generation, and releases up to 1.8 say
 * True for a Deployment without any pod. And it may stay False for ever: releases up to 1.10 hear of the workload by
 * another cache than the one that they read it from (rhdh-operator, internal/controller/watchers.go, `WatchesMetadata`),
 * so that the last event of a rollout can find the workload as it was.
 */
export const backstageGate: Gate = (backstage, objects, asked = backstage) => {
  const deployed = conditionOf(backstage, 'Deployed');
  if (deployed === undefined) {
    return waiting('the operator has not looked at it yet: is the RHDH operator running?');
  }
  if (deployed.reason === 'DeployFailed') {
    // It tries again ever later, up to every 17 minutes (client-go, util/workqueue, default rate limiters).
    return { ...stuck(`the operator refuses it: ${deployed.message ?? ''}`), unheard: true };
  }

  if (deployed.reason === 'Idled') {
    return stuck(`${conditionText(deployed)}; the annotation ${idleAnnotation} must go`);
  }

  const workload = backstageWorkload(backstage, objects);
  if (workload === undefined) {
    return waiting(`the operator has not made ${workloadName(backstage.metadata.name)} yet`);
  }
  const missing = missingFromPodTemplate(backstage, workload);
  if (missing.length > 0) return waiting(`the operator has not rolled out ${missing.join(', ')} yet`);
  if (isHashStale(backstage, workload, objects)) {
    return unheard('the operator has not rolled out the present ConfigMaps and Secrets yet');
  }
  const gate = workload.kind === 'StatefulSet' ? statefulSetGate : deploymentGate;
  const [podCount = []] = podCountPaths(backstage);
  const rollout = unlessEmpty(gate(workload, objects), workload, valueAt(asked, podCount));
  if (!rollout.successful) return { ...rollout, message: `${workload.kind}: ${rollout.message}` };
  if (deployed.status !== 'True') {
    return unheard(`the operator has not seen that it has rolled out: ${conditionText(deployed)}`);
  }
  return ready(rollout.message);
};

/** The Deployment of a hub, or its StatefulSet where `spec.deployment.kind` (v1alpha5) says so. */
export function backstageWorkload(backstage: KubeObject, objects: ObjectSet): KubeObject | undefined {
  const kind: string = backstage.spec?.deployment?.kind ?? 'Deployment';
  return objects.get(`${kind}.apps`, backstage.metadata.namespace, workloadName(backstage.metadata.name));
}

function isHashStale(backstage: KubeObject, workload: KubeObject, objects: ObjectSet): boolean {
  const present: string | undefined = workload.spec?.template?.metadata?.annotations?.[configurationHash];
  const expected = configHash(backstage, objects);
  return present !== undefined && expected !== undefined && present !== expected;
}
