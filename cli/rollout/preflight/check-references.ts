import { displayName } from '../kubernetes/object';
import { found, type Problem } from '../findings/problem';
import { concurrently } from '../kubernetes/concurrently';
import type { Api, ObjectReference } from '../kubernetes/api';
import { isForbidden } from '../kubernetes/api-error';
import type { RolloutObject, RolloutStage } from '../stages/rollout-stage';
import { inEveryNamespace, providedBy } from './providers';
import { referencesOf, type Reference } from './references';

/** An object that objects of the bundles refer to. */
export interface NeededObject {
  readonly reference: Reference;
  readonly namespace?: string;
  readonly by: RolloutObject[];
}

/**
 * Every ConfigMap, Secret, claim, storage class and service account that an object refers to is in the cluster,
 * or is in the bundle of its own or an earlier stage. The RHDH operator stops on a missing one.
 */
export async function checkReferences(api: Api, stages: readonly RolloutStage[]): Promise<Problem[]> {
  const needed = neededObjects(stages);
  const problems = await concurrently(needed, 6, async (need): Promise<Problem[]> => {
    try {
      return (await api.find(apiReference(need))) === undefined ? [missing(need)] : [];
    } catch (error) {
      if (isForbidden(error)) return [unchecked(need)];
      throw error;
    }
  });
  return problems.flat();
}

/** What objects refer to, and no bundle up to theirs provides. */
export function neededObjects(stages: readonly RolloutStage[]): NeededObject[] {
  return [...referredObjects(stages).values()];
}

function referredObjects(stages: readonly RolloutStage[]): Map<string, NeededObject> {
  const provided = new Set<string>();
  const needed = new Map<string, NeededObject>();
  for (const { objects } of stages) {
    for (const { object } of objects) {
      for (const { kind, name } of providedBy(object)) {
        provided.add(keyOf(kind, object.metadata.namespace, name));
      }
    }
    for (const item of objects) {
      for (const reference of referencesOf(item.object)) {
        const namespace = reference.kind === 'StorageClass' ? undefined : item.object.metadata.namespace;
        const key = keyOf(reference.kind, namespace, reference.name);
        if (
          provided.has(key) ||
          inEveryNamespace.some((one) => one.kind === reference.kind && one.name === reference.name)
        ) {
          continue;
        }
        const known = needed.get(key);
        if (known === undefined) needed.set(key, { reference, namespace, by: [item] });
        else known.by.push(item);
      }
    }
  }
  return needed;
}

function keyOf(kind: string, namespace: string | undefined, name: string): string {
  return kind === 'StorageClass' ? `${kind}/${name}` : `${kind}/${namespace ?? ''}/${name}`;
}

export function apiReference({ reference, namespace }: NeededObject): ObjectReference {
  const apiVersion = reference.kind === 'StorageClass' ? 'storage.k8s.io/v1' : 'v1';
  return { apiVersion, kind: reference.kind, namespace, name: reference.name };
}

function missing({ reference, namespace, by }: NeededObject): Problem {
  const [first] = by as [RolloutObject];
  const place = namespace === undefined ? '' : ` in the namespace ${namespace}`;
  return found('missing-reference', {
    where: `${first.manifest.file}:${first.manifest.line}`,
    message: `${reference.kind}/${reference.name}, which ${names(by)} refers to, does not exist${place}`,
  });
}

function unchecked({ reference, by }: NeededObject): Problem {
  return found('unchecked-reference', {
    message: `you may not read ${reference.kind}/${reference.name}, which ${names(by)} refers to: make sure it exists`,
  });
}

function names(by: readonly RolloutObject[]): string {
  return [...new Set(by.map(({ object }) => displayName(object)))].join(', ');
}
