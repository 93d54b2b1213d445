import { posix } from 'node:path';
import type { ResourceFields } from './resource-fields';
import type { PodContainer } from './environment';
import { BACKSTAGE_CONTAINER } from '../../operators/rhdh';

/** Folder that the operator mounts files in where nothing else is said (rhdh-operator, deployment.yaml). */
export const WORKING_DIRECTORY = '/opt/app-root/src';

/** Where a file of the Backstage container comes from. */
export interface MountedFile {
  readonly kind: 'Secret' | 'ConfigMap';
  readonly name: string;
  readonly key: string;
}

/** The key of a Secret or ConfigMap that is mounted at a path of the Backstage container; none if no such is. */
export function mountedFile(
  manifest: ResourceFields,
  container: PodContainer | undefined,
  path: string,
): MountedFile | undefined {
  return extraFile(manifest, path) ?? patchedFile(manifest, container, path);
}

/** By `spec.application.extraFiles`. */
function extraFile(manifest: ResourceFields, path: string): MountedFile | undefined {
  const shared = String(manifest.get('spec.application.extraFiles.mountPath') ?? WORKING_DIRECTORY);
  for (const [list, kind] of [
    ['secrets', 'Secret'],
    ['configMaps', 'ConfigMap'],
  ] as const) {
    for (const { name, key, mountPath, containers } of manifest.list(`spec.application.extraFiles.${list}`)) {
      const reaches =
        !Array.isArray(containers) ||
        containers.length === 0 ||
        containers.some((one) => one === '*' || one === BACKSTAGE_CONTAINER);
      const folder = posix.resolve(shared, String(mountPath ?? ''));
      const file = posix.relative(folder, path);
      if (reaches && isInside(file) && (key === undefined || key === file)) {
        return { kind, name, key: file };
      }
    }
  }
  return undefined;
}

/** By a volume of the pod patch. */
function patchedFile(
  manifest: ResourceFields,
  container: PodContainer | undefined,
  path: string,
): MountedFile | undefined {
  const volumes = manifest.list('spec.deployment.patch.spec.template.spec.volumes');
  for (const { name, mountPath, subPath } of container?.volumeMounts ?? []) {
    const volume = volumes.find((candidate) => candidate?.name === name);
    const file = subPath === undefined ? posix.relative(mountPath, path) : subPath;
    const source = volume?.secret ?? volume?.configMap;
    if (source !== undefined && (subPath === undefined ? isInside(file) : mountPath === path)) {
      const item = source.items?.find((candidate: { path: string }) => candidate.path === file);
      return volume.secret === undefined
        ? { kind: 'ConfigMap', name: source.name, key: item?.key ?? file }
        : { kind: 'Secret', name: source.secretName, key: item?.key ?? file };
    }
  }
  return undefined;
}

function isInside(relative: string): boolean {
  return relative !== '' && !relative.startsWith('..') && !relative.includes('/');
}
