import { groupKind, type KubeObject } from '../bundles/manifest';
import type { RolloutObject, Stage } from './stage';

/** Whether a CRD of the bundles, in the same stage or an earlier one, makes the object's kind known. */
export function bringsCrd(stages: readonly Stage[], { object, stageIndex }: RolloutObject): boolean {
  const isCrdOf = (candidate: KubeObject) =>
    candidate.kind === 'CustomResourceDefinition' &&
    `${candidate.spec?.names?.kind}.${candidate.spec?.group}` === groupKind(object);
  return stages
    .slice(0, stageIndex + 1)
    .some(({ objects }) => objects.some((other) => isCrdOf(other.object)));
}
