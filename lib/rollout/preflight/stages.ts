import { displayName, type Bundle, type KubeObject } from '../bundles/manifest';
import type { Problem } from '../bundles/problem';
import type { Discovery } from '../kubernetes/resource';
import type { Stage } from '../rollout-object';

/** Kinds without a namespace, for those that the API server does not serve yet. */
const clusterScoped =
  /^(Namespace|CustomResourceDefinition|ClusterRole|ClusterRoleBinding|StorageClass|PersistentVolume)$/;

/** What a directory's objects become in a cluster: each in its namespace. */
export interface PlacedStages {
  readonly stages: Stage[];
  readonly problems: Problem[];
}

/**
 * Gives each namespaced object without a namespace the one asked for, as kubectl does.
 * @param namespace where objects go that name none
 * @param explicit the user named it, so an object that names another one is refused
 */
export async function placeInNamespace(
  bundles: readonly Bundle[],
  discovery: Discovery,
  namespace: string,
  explicit: boolean,
): Promise<PlacedStages> {
  const problems: Problem[] = [];
  const stages: Stage[] = [];
  for (const [index, bundle] of bundles.entries()) {
    const objects = [];
    for (const manifest of bundle.manifests) {
      const object = await placed(manifest.object, discovery, namespace);
      if (explicit && object.metadata.namespace !== undefined && object.metadata.namespace !== namespace) {
        problems.push({
          severity: 'error',
          rule: 'other-namespace',
          where: `${manifest.file}:${manifest.line}`,
          message: `${displayName(object)} is for the namespace ${object.metadata.namespace}, not for ${namespace}`,
          advice: 'Leave --namespace out, or synthesize the bundles for it.',
        });
      }
      objects.push({ manifest, object, stage: bundle.stage, stageIndex: index });
    }
    stages.push({ name: bundle.stage, index, bundle, objects });
  }
  return { stages, problems };
}

async function placed(object: KubeObject, discovery: Discovery, namespace: string): Promise<KubeObject> {
  const resource = await discovery.find(object);
  const namespaced = resource?.namespaced ?? !clusterScoped.test(object.kind);
  if (!namespaced || object.metadata.namespace !== undefined) return object;
  return { ...object, metadata: { ...object.metadata, namespace } };
}
