import { found, ProblemsError } from '../findings/problem';
import type { RolloutStage } from './rollout-stage';

/** The stages between two names or numbers, both included. @throws ProblemsError */
export function selectStages(
  stages: readonly RolloutStage[],
  from: string | undefined,
  to: string | undefined,
): RolloutStage[] {
  const first = from === undefined ? 0 : indexOf(stages, from, '--from');
  const last = to === undefined ? stages.length - 1 : indexOf(stages, to, '--to');
  if (first > last) {
    const message = `${stages[first]?.name} comes after ${stages[last]?.name}`;
    throw new ProblemsError('No stage is left to apply:', [found('no-stage', { message })]);
  }
  return stages.slice(first, last + 1);
}

function indexOf(stages: readonly RolloutStage[], wanted: string, option: string): number {
  const index = stages.findIndex(
    ({ name, bundle }) => name === wanted || bundle.file === wanted || sameNumber(name, wanted),
  );
  if (index >= 0) return index;
  throw new ProblemsError(`${option} ${wanted} names no stage:`, [
    found('no-stage', { message: `there are: ${stages.map(({ name }) => name).join(', ')}` }),
  ]);
}

function sameNumber(name: string, wanted: string): boolean {
  return /^\d+$/.test(wanted) && Number(/^\d+/.exec(name)?.[0]) === Number(wanted);
}
