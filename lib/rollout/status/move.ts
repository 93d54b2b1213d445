import type { KubeObject } from '../bundles/manifest';

/** The ConfigMap in which a move with the data keeps what it has done. */
export const moveName = 'cdk8s-rhdh-move';

/** A step of a move, in the sequence of the move. */
export interface MoveStep {
  readonly step: string;
  readonly state: string;
  readonly message?: string;
}

/**
 * The steps in the move's ConfigMap: the list under `steps` of its key `move.json`. Nothing where there is no move, or where
 * nobody can read what it says.
 */
export function moveSteps(configMap: KubeObject | undefined): MoveStep[] {
  try {
    const { steps } = JSON.parse(configMap?.data?.['move.json'] ?? '{}') as { steps?: MoveStep[] };
    return (steps ?? []).map(({ step, state, message }) => ({ step, state, message }));
  } catch {
    return [];
  }
}
