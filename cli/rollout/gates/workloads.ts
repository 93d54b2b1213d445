import { backstage, platform, workflow, platformServices } from 'cdk8s-rhdh/operators';
import { groupKind, type KubeObject } from '../kubernetes/object';
import { backstageWorkload } from './backstage';
import type { ObjectSet } from './object-set';

/** The objects that run pods on behalf of an object: itself, or what an operator made for it. */
export function workloadsOf(object: KubeObject, objects: ObjectSet): KubeObject[] {
  const { namespace, name } = object.metadata;
  const deployment = (deploymentName: string) => objects.get('Deployment.apps', namespace, deploymentName);
  const made = {
    [backstage]: () => [backstageWorkload(object, objects)],
    [platform]: () => platformServices.map(({ suffix }) => deployment(`${name}-${suffix}`)),
    [workflow]: () => [deployment(name)],
  }[groupKind(object)];
  return made === undefined ? [object] : made().filter((workload) => workload !== undefined);
}

/** The pods of a workload, the newest first. */
export function podsOf(workload: KubeObject, objects: ObjectSet): KubeObject[] {
  if (workload.kind === 'Pod') return [workload];
  const labels: Record<string, string> | undefined = workload.spec?.selector?.matchLabels;
  if (labels === undefined || Object.keys(labels).length === 0) return [];
  return objects
    .list('Pod', workload.metadata.namespace)
    .filter(({ metadata }) =>
      Object.entries(labels).every(([key, value]) => metadata.labels?.[key] === value),
    )
    .sort((a, b) => ((a.metadata.creationTimestamp ?? '') < (b.metadata.creationTimestamp ?? '') ? 1 : -1));
}
