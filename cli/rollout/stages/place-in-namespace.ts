import type { BundleFile } from '../bundles/bundle-file';
import type { KubeObject } from '../kubernetes/object';
import { found, type Problem } from '../findings/problem';
import type { Discovery } from '../kubernetes/resource';
import type { RolloutStage } from './rollout-stage';
import { homeNamespace } from './home-namespace';

/** Kinds without a namespace, for those that the API server does not serve yet. */
const clusterScoped =
  /^(Namespace|CustomResourceDefinition|ClusterRole|ClusterRoleBinding|StorageClass|PersistentVolume)$/;

/** Which namespace was asked for. */
export interface NamespaceOptions {
  /** Where objects are that name no namespace. */
  readonly namespace: string;
  /** The user named the namespace on the command line, so an object that names another one is refused. */
  readonly namespaceIsExplicit: boolean;
}

/** What a directory's objects become in a cluster: each in its namespace. */
export interface Placement {
  readonly stages: RolloutStage[];
  /** The namespace that carries lock and state. */
  readonly home: string;
  readonly problems: Problem[];
}

/** Gives each namespaced object without a namespace the one asked for, as kubectl does. */
export async function placeInNamespace(
  bundles: readonly BundleFile[],
  discovery: Discovery,
  { namespace, namespaceIsExplicit }: NamespaceOptions,
): Promise<Placement> {
  await discovery.prepare(bundles.flatMap(({ manifests }) => manifests.map(({ object }) => object)));
  const problems: Problem[] = [];
  const stages: RolloutStage[] = [];
  for (const [index, bundle] of bundles.entries()) {
    const objects = [];
    for (const manifest of bundle.manifests) {
      const object = await placed(manifest.object, discovery, namespace);
      if (
        namespaceIsExplicit &&
        object.metadata.namespace !== undefined &&
        object.metadata.namespace !== namespace
      ) {
        problems.push(
          found('other-namespace', {
            where: `${manifest.file}:${manifest.line}`,
            message: `an object for the namespace ${object.metadata.namespace}, not for ${namespace}`,
          }),
        );
      }
      objects.push({ manifest, object, stage: bundle.stage, stageIndex: index });
    }
    stages.push({ name: bundle.stage, index, bundle, objects });
  }
  return { stages, home: homeNamespace(stages, namespace), problems };
}

async function placed(object: KubeObject, discovery: Discovery, namespace: string): Promise<KubeObject> {
  const resource = await discovery.find(object);
  const namespaced = resource?.namespaced ?? !clusterScoped.test(object.kind);
  if (!namespaced || object.metadata.namespace !== undefined) return object;
  return { ...object, metadata: { ...object.metadata, namespace } };
}
