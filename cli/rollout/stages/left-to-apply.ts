import type { RolloutStage } from './rollout-stage';
import { standingOf, type MoveState } from '../state/move-state';
import type { KubeObject } from '../kubernetes/object';
import { moveLabel } from 'cdk8s-rhdh/operators';

/**
 * What of the stages there is to apply: once a hub was switched, the Job that copied its data has nothing to do any
 * more, and its source may be gone.
 */
export function leftToApply(
  stages: readonly RolloutStage[],
  move: MoveState | undefined,
): readonly RolloutStage[] {
  const standing = move === undefined ? 'prepared' : standingOf(move);
  return standing === 'switched' || standing === 'moved' ? withoutMoveJobs(stages) : stages;
}

/** The stages without the Jobs that move databases. */
export function withoutMoveJobs(stages: readonly RolloutStage[]): readonly RolloutStage[] {
  return stages.map((stage) => ({
    ...stage,
    objects: stage.objects.filter(({ object }) => !isMoveJob(object)),
  }));
}

/** A Job that moves databases. */
export function isMoveJob(object: KubeObject): boolean {
  return object.kind === 'Job' && object.metadata.labels?.[moveLabel] !== undefined;
}
