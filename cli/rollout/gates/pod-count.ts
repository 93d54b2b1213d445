import { backstage, platform, workflow, platformServices, type PlatformService } from 'cdk8s-rhdh/operators';
import { groupKind, type KubeObject } from '../kubernetes/object';
import { waiting, type GateResult } from './gate';
import { isServiceEnabled } from './platform-services';

/**
 * The fields of an object that say how many pods an operator, or a controller of Kubernetes, runs for it. A hub's is in
 * the patch of its workload, which every release merges over `spec.application.replicas` (rhdh-operator,
 * pkg/model/deployment.go, `setDeployment`).
 */
export function podCountPaths(object: KubeObject): string[][] {
  switch (groupKind(object)) {
    case backstage:
      return [['spec', 'deployment', 'patch', 'spec', 'replicas']];
    case platform:
      return platformServices
        .filter(({ field }) => isServiceEnabled(object, field))
        .map(({ field }) => servicePath(field));
    case workflow:
      return [['spec', 'podTemplate', 'replicas']];
    default:
      return [['spec', 'replicas']];
  }
}

/** The field that says how many pods a service of a platform has. */
export function servicePath(field: PlatformService['field']): string[] {
  return ['spec', 'services', field, 'podTemplate', 'replicas'];
}

/**
 * Of a workload that an operator runs and that is ready: it is not, where it has 0 pods and nobody asked for that.
 * What a stopped hub leaves behind, or an operator has put back, looks like a rollout that is complete.
 *
 * @param asked how many pods the bundle asks for. @default - it says nothing
 */
export function unlessEmpty(result: GateResult, workload: KubeObject, asked: unknown): GateResult {
  if (!result.successful || workload.spec?.replicas !== 0 || asked === 0) return result;
  return waiting('it is scaled to 0 pods, which its bundle does not ask for');
}
