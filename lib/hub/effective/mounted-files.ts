import { posix } from 'node:path';
import type { ResourceFields } from './resource-fields';
import { isInside, type MountedFile, volumeFile, workingDirectory } from '../../configuration/mounted-file';
import type { PodContainer } from '../../configuration/environment';
import { backstageContainer } from '../../operators/rhdh';

/** The key of a Secret or ConfigMap that is mounted at a path of the Backstage container; none if no such is. */
export function mountedFile(
  manifest: ResourceFields,
  container: PodContainer | undefined,
  path: string,
): MountedFile | undefined {
  const volumes = manifest.list('spec.deployment.patch.spec.template.spec.volumes');
  return extraFile(manifest, path) ?? volumeFile(volumes, container?.volumeMounts ?? [], path);
}

/** The keys that an entry of the files names: more than one is refused, as what it means is each of them. */
export function keysOf(key: unknown): string[] {
  return String(key).split(/, */);
}

/** By `spec.application.extraFiles`. */
function extraFile(manifest: ResourceFields, path: string): MountedFile | undefined {
  const shared = String(manifest.get('spec.application.extraFiles.mountPath') ?? workingDirectory);
  for (const [list, kind] of [
    ['secrets', 'Secret'],
    ['configMaps', 'ConfigMap'],
  ] as const) {
    for (const { name, key, mountPath, containers } of manifest.list(`spec.application.extraFiles.${list}`)) {
      const reaches =
        !Array.isArray(containers) ||
        containers.length === 0 ||
        containers.some((one) => one === '*' || one === backstageContainer);
      const folder = posix.resolve(shared, String(mountPath ?? ''));
      const file = posix.relative(folder, path);
      if (reaches && isInside(file) && (key === undefined || keysOf(key).includes(file))) {
        return { kind, name, key: file };
      }
    }
  }
  return undefined;
}
