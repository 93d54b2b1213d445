import type { KubeObject } from '../kubernetes/object';
import { isOperatorsOwn } from '../fields/operators-own';
import { endedJob } from '../gates/job';

/**
 * Whether a Job may give way to another one of its name: one that has ended, and the RHDH operator's own, which makes
 * the orchestrator's database in its local database, again at each look at the hub as long as plugins ask for it.
 */
export function isReplaceable(live: KubeObject | undefined): boolean {
  return live?.kind === 'Job' && (endedJob(live) !== undefined || isOperatorsOwn(live));
}
