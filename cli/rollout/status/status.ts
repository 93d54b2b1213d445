import { digestOf } from '../state/digest';
import type { RolloutState } from '../state/rollout-state';
import { displayName, groupKind, objectKey } from '../kubernetes/object';
import type { ObjectSet } from '../gates/object-set';
import { isDeletedAfterEnd } from '../gates/job';
import { formsOf, liveForm, replacedBy } from '../stages/forms';
import type { RolloutObject, RolloutStage } from '../stages/rollout-stage';
import { judgeWithPods } from '../wait/assess';
import type { ObjectStatus, StageStatus } from '../event';

/** How the stages stand, from what is known of the cluster and what the rollout remembers. */
export function statusOf(
  stages: readonly RolloutStage[],
  objects: ObjectSet,
  state: RolloutState,
  isServed: (item: RolloutObject) => boolean = () => true,
): StageStatus[] {
  const items = stages.flatMap((stage) => stage.objects);
  return stages.map(({ name, objects: own }): StageStatus => {
    const statuses = own.map((item): ObjectStatus => {
      const { namespace } = item.object.metadata;
      const standing = isServed(item)
        ? standingOf(item, items, objects, state)
        : {
            standing: 'missing' as const,
            message: `the API server does not know ${item.object.apiVersion} ${item.object.kind}`,
          };
      return { object: displayName(item.object), namespace, ...standing };
    });
    const ready = statuses.every(({ standing }) => standing === 'ready' || standing === 'replaced');
    return { stage: name, ready, objects: statuses };
  });
}

function standingOf(
  item: RolloutObject,
  items: readonly RolloutObject[],
  objects: ObjectSet,
  state: RolloutState,
): Pick<ObjectStatus, 'standing' | 'message'> {
  const { metadata } = item.object;
  const live = objects.get(groupKind(item.object), metadata.namespace, metadata.name);
  if (live === undefined) return missing(item, state);
  const present = liveForm(formsOf(items, item.object), live, state) ?? item;
  if (present.stageIndex > item.stageIndex) {
    return { standing: 'replaced', message: replacedBy(present) };
  }
  if (present.stageIndex < item.stageIndex) {
    return { standing: 'missing', message: `it still has the form of ${present.stage}` };
  }
  const result = judgeWithPods(live, objects, item.object);
  if (result.successful) return { standing: 'ready', message: result.message };
  return { standing: result.done ? 'failed' : 'waiting', message: result.message };
}

function missing({ object, manifest }: RolloutObject, state: RolloutState) {
  if (!isDeletedAfterEnd(object)) return { standing: 'missing' as const, message: 'it does not exist' };
  return state.completedJobs[objectKey(object)] === digestOf(manifest.object)
    ? { standing: 'ready' as const, message: 'completed, and deleted since by Kubernetes' }
    : {
        standing: 'missing' as const,
        message: 'it does not exist; if it completed, Kubernetes has deleted it since',
      };
}
