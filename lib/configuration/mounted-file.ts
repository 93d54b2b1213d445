import { posix } from 'node:path';

/** Folder that the operator mounts files in where nothing else is said (rhdh-operator, deployment.yaml). */
export const workingDirectory = '/opt/app-root/src';

/** Where a file of a container comes from. */
export interface MountedFile {
  readonly kind: 'Secret' | 'ConfigMap';
  readonly name: string;
  readonly key: string;
}

/** A volume of a pod, as far as its files are known; other kinds of volumes have neither. */
export interface PodVolume {
  readonly name: string;
  readonly secret?: { readonly secretName: string; readonly items?: readonly VolumeItem[] };
  readonly configMap?: { readonly name: string; readonly items?: readonly VolumeItem[] };
}

interface VolumeItem {
  readonly key: string;
  readonly path: string;
}

/** The key of a Secret or ConfigMap that is mounted at a path by a volume of the pod; none if no such is. */
export function volumeFile(
  volumes: readonly PodVolume[],
  mounts: readonly { name: string; mountPath: string; subPath?: string }[],
  path: string,
): MountedFile | undefined {
  for (const { name, mountPath, subPath } of mounts) {
    const volume = volumes.find((candidate) => candidate?.name === name);
    const file = subPath ?? posix.relative(mountPath, path);
    if (subPath === undefined ? isInside(file) : mountPath === path) {
      const key = (items: readonly VolumeItem[] = []) =>
        items.find((item) => item.path === file)?.key ?? file;
      if (volume?.secret !== undefined) {
        return { kind: 'Secret', name: volume.secret.secretName, key: key(volume.secret.items) };
      }
      if (volume?.configMap !== undefined) {
        return { kind: 'ConfigMap', name: volume.configMap.name, key: key(volume.configMap.items) };
      }
    }
  }
  return undefined;
}

/** Whether a relative path is that of a file in the folder itself. */
export function isInside(relative: string): boolean {
  return relative !== '' && !relative.startsWith('..') && !relative.includes('/');
}
