import type { RhdhRelease } from '../../operators/release';
import type { PodContainer } from '../../configuration/environment';
import type { ResourceFields } from './resource-fields';

/** The containers that get a variable, a file or a configuration, as an element of the resource names them. */
export interface ContainerSelector {
  readonly path: string;
  readonly names: readonly string[];
}

const lists = [
  'appConfig.configMaps',
  ...['envs', 'configMaps', 'secrets'].map((list) => `extraEnvs.${list}`),
  ...['configMaps', 'secrets', 'pvcs'].map((list) => `extraFiles.${list}`),
].map((list) => `spec.application.${list}`);

/** Containers that the operator adds for a flavour (rhdh-operator, default-config/flavours/lightspeed). */
const ofFlavours = ['init-rag-data', 'lightspeed-core'];

/** Each list of containers in the resource. */
export function containerSelectors(manifest: ResourceFields): ContainerSelector[] {
  return lists.flatMap((list) =>
    manifest.list(list).map((element, index) => ({
      path: `${list}[${index}].containers`,
      names: Array.isArray(element?.containers) ? element.containers.map(String) : [],
    })),
  );
}

/** Containers that are named and that neither the operator, its raw configuration nor the patch puts into the pod. */
export function unknownContainers(
  manifest: ResourceFields,
  release: RhdhRelease,
  containers: readonly PodContainer[],
): string[] {
  const known = ['*', ...containers.map(({ name }) => name), ...(release.hasFlavours ? ofFlavours : [])];
  return containerSelectors(manifest).flatMap(({ path, names }) =>
    names
      .filter((name) => !known.includes(name))
      .map(
        (name) =>
          `${path} names container ${name}, which is neither the operator's nor in spec.deployment.patch: unless an administrator ` +
          'has added it to the operator, the hub is not deployed (DeployFailed)',
      ),
  );
}
