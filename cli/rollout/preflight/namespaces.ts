import { found, type Problem } from '../findings/problem';
import type { Api } from '../kubernetes/api';
import { isForbidden } from '../kubernetes/api-error';
import type { RolloutStage } from '../stages/rollout-stage';

/** The namespaces that the bundles need and the cluster lacks. */
export interface MissingNamespaces {
  readonly names: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

/** Looks for every namespace of the objects; one that a bundle carries or that is going to be created may lack. */
export async function checkNamespaces(
  api: Api,
  stages: readonly RolloutStage[],
  create: boolean,
): Promise<MissingNamespaces> {
  const objects = stages.flatMap((stage) => stage.objects.map(({ object }) => object));
  const carried = new Set(
    objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name),
  );
  const wanted = new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []));
  const names = new Set<string>();
  const problems: Problem[] = [];
  for (const name of wanted) {
    const state = await look(api, name);
    if (state === 'terminating') {
      problems.push(found('namespace-terminating', { message: `the namespace ${name} is being deleted` }));
    }
    if (state !== 'missing') continue;
    names.add(name);
    if (create || carried.has(name)) continue;
    problems.push(
      found('no-namespace', {
        message: `there is no namespace ${name}`,
        advice: `Create it with --create-namespace, or: oc new-project ${name}`,
      }),
    );
  }
  return { names, problems };
}

async function look(api: Api, name: string): Promise<'there' | 'missing' | 'terminating'> {
  try {
    const namespace = await api.find({ apiVersion: 'v1', kind: 'Namespace', name });
    if (namespace === undefined) return 'missing';
    return namespace.metadata.deletionTimestamp === undefined ? 'there' : 'terminating';
  } catch (error) {
    // A user who works in one namespace often may not read the namespace itself.
    if (isForbidden(error)) return 'there';
    throw error;
  }
}
