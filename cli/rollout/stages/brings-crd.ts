import { groupKind, type KubeObject } from '../kubernetes/object';
import type { RolloutObject, RolloutStage } from './rollout-stage';

/** Whether a CRD of the bundles, in the same stage or an earlier one, makes the object's kind known. */
export function bringsCrd(stages: readonly RolloutStage[], { object, stageIndex }: RolloutObject): boolean {
  const isCrdOf = (candidate: KubeObject) =>
    candidate.kind === 'CustomResourceDefinition' &&
    `${candidate.spec?.names?.kind}.${candidate.spec?.group}` === groupKind(object);
  return stages
    .slice(0, stageIndex + 1)
    .some(({ objects }) => objects.some((other) => isCrdOf(other.object)));
}
