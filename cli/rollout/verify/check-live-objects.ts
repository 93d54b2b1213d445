import { displayName } from '../kubernetes/object';
import { problemText } from '../findings/problem';
import { isDeletedAfterEnd } from '../gates/job';
import type { Plan } from '../plan/plan';
import type { PlannedObject } from '../plan/planned-object';
import type { RolloutStage } from '../stages/rollout-stage';
import { checked } from './check-result';
import type { Check } from '../event';

/** What is live equals the bundles: applying them would change nothing. */
export function checkLiveObjects(
  stages: readonly RolloutStage[],
  { objects, problems }: Pick<Plan, 'objects' | 'problems'>,
): Check {
  const items = stages.flatMap((stage) => stage.objects);
  const unknown = items.filter(
    ({ manifest }) =>
      !objects.some((planned) => planned.manifest === manifest) &&
      !problems.some(({ where }) => where === `${manifest.file}:${manifest.line}`),
  );
  const found = [
    ...objects.filter(isDifference).map((item) => `${displayName(item.object)} ${differenceText(item)}`),
    ...problems.map(problemText),
    ...unknown.map(
      ({ object }) =>
        `${displayName(object)}: the API server does not know ${object.apiVersion} ${object.kind}`,
    ),
  ];
  return checked('live-objects', undefined, `${items.length} objects are what the bundles say`, found);
}

/** Adopting changes no field but their owner; a Job that Kubernetes deletes after its end may be gone. */
function isDifference({ action, object, live }: PlannedObject): boolean {
  if (action === 'leave' || action === 'adopt') return false;
  return !(live === undefined && isDeletedAfterEnd(object));
}

function differenceText({ action, stage, note }: PlannedObject): string {
  if (action === 'create') return 'does not exist';
  if (action === 'replace') return note ?? 'ended and differs';
  return `differs from ${stage}`;
}
