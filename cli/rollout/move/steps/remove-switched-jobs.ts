import { concurrently } from '../../kubernetes/concurrently';
import { isOperatorsOwn } from '../../fields/operators-own';
import { findWhole } from '../../servers/list-clients';
import { removeJob } from '../job/remove-job';
import type { MoveContext } from './context';

/**
 * Removes the Jobs that came with the switch. The RHDH operator has a Job of its own for its local database, which in a
 * bundle may have the same name. A Job cannot be changed, and the operator that may not write its own stops before the
 * hub (rhdh-operator, internal/controller/backstage_controller.go).
 */
export async function removeSwitchedJobs(context: MoveContext): Promise<void> {
  const { api, stages, move } = context;
  const jobs = stages
    .filter(({ index }) => index > move.stageIndex)
    .flatMap(({ objects }) => objects.map(({ object }) => object))
    .filter(({ kind }) => kind === 'Job');
  const live = await concurrently(jobs, 8, (job) => findWhole(api, job));
  for (const job of live) {
    if (job !== undefined && !isOperatorsOwn(job)) await removeJob(api, job, context);
  }
}
