import { chmodSync, chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Mount } from './container';
import { fieldOf, type PodFacts } from './environment';
import { MissingReferenceError, type References, type Values } from './references';

/** Where what volumes hold is on this machine. */
export interface VolumeFolders {
  /** Folder of the pod: gone with it. */
  readonly pod: string;
  /** Folder of the claims: each keeps its data as long as it exists. */
  readonly claims: string;
}

type Volume = Record<string, any> & { name: string };

/** What the admission plugin ServiceAccount adds to a pod; the test control plane runs without that plugin. */
const accountVolume = {
  name: 'kube-api-access',
  projected: {
    sources: [
      { serviceAccountToken: { path: 'token' } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      { downwardAPI: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
    ],
  },
};
const accountMount = { name: accountVolume.name, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' };

/**
 * The volumes of a pod as folders of this machine, by name. ConfigMaps and Secrets are as they were when the pod
 * started; a kubelet would bring changes later.
 */
export async function volumesOf(
  facts: PodFacts,
  references: References,
  folders: VolumeFolders,
): Promise<Map<string, string>> {
  const { pod } = facts;
  const volumes: Volume[] = [...(pod.spec.volumes ?? [])];
  if (await mountsAccount(facts, references)) volumes.push(accountVolume);
  const paths = new Map<string, string>();
  for (const volume of volumes) {
    const path = join(folders.pod, 'volumes', volume.name);
    const claim = claimOf(volume, pod.metadata.name);
    if (claim) {
      const { uid, phase } = await boundClaim(claim, references);
      if (phase !== 'Bound') throw new MissingReferenceError(`claim ${claim} is ${phase}`);
      paths.set(volume.name, writable(join(folders.claims, uid)));
    } else if (volume.emptyDir) {
      paths.set(volume.name, writable(path));
    } else {
      const { defaultMode, ...files } = await filesOf(volume, references, facts);
      for (const [name, content] of Object.entries(files.content)) {
        write(join(path, name), content, defaultMode);
      }
      mkdirSync(path, { recursive: true });
      paths.set(volume.name, path);
    }
  }
  return paths;
}

/** What a container sees of the volumes of its pod. */
export async function mountsOf(
  container: Record<string, any>,
  volumes: ReadonlyMap<string, string>,
): Promise<Mount[]> {
  const account = volumes.has(accountVolume.name) ? [{ ...accountMount, readOnly: true }] : [];
  return [...(container.volumeMounts ?? []), ...account].map(({ name, mountPath, subPath, readOnly }) => {
    const source = join(volumes.get(name)!, subPath ?? '');
    if (!existsSync(source)) writable(source);
    return { source, target: mountPath as string, readOnly: readOnly === true };
  });
}

async function mountsAccount({ pod }: PodFacts, references: References): Promise<boolean> {
  if (pod.spec.automountServiceAccountToken !== undefined) return pod.spec.automountServiceAccountToken;
  const name = pod.spec.serviceAccountName ?? 'default';
  const account = await references.read('v1', 'ServiceAccount', name);
  return account !== undefined && account.automountServiceAccountToken !== false;
}

function claimOf({ name, persistentVolumeClaim, ephemeral }: Volume, pod: string): string | undefined {
  return persistentVolumeClaim?.claimName ?? (ephemeral && `${pod}-${name}`);
}

async function boundClaim(name: string, references: References): Promise<{ uid: string; phase: string }> {
  const claim = await references.read('v1', 'PersistentVolumeClaim', name);
  if (!claim) throw new MissingReferenceError(`persistentvolumeclaim "${name}" not found`);
  return { uid: claim.metadata.uid!, phase: claim.status?.phase };
}

async function filesOf(
  { name: volumeName, configMap, secret, projected, downwardAPI }: Volume,
  references: References,
  facts: PodFacts,
): Promise<{ content: Record<string, Buffer>; defaultMode: number }> {
  if (configMap) {
    const values = await references.values('ConfigMap', configMap.name, configMap.optional);
    return { content: selected(values, configMap), defaultMode: configMap.defaultMode ?? 0o644 };
  }
  if (secret) {
    const values = await references.values('Secret', secret.secretName, secret.optional);
    return { content: selected(values, secret), defaultMode: secret.defaultMode ?? 0o644 };
  }
  if (downwardAPI) {
    return { content: fields(downwardAPI, facts), defaultMode: downwardAPI.defaultMode ?? 0o644 };
  }
  if (!projected) throw new Error(`pods as processes do not know the kind of volume "${volumeName}"`);
  const content: Record<string, Buffer> = {};
  for (const source of projected.sources) {
    if (source.serviceAccountToken) {
      const { path, audience } = source.serviceAccountToken;
      content[path] = Buffer.from(await references.token(facts.pod, audience));
    } else {
      const part = { name: volumeName, ...source, secret: source.secret && { ...source.secret } };
      if (part.secret) part.secret.secretName = part.secret.name;
      Object.assign(content, (await filesOf(part, references, facts)).content);
    }
  }
  return { content, defaultMode: projected.defaultMode ?? 0o644 };
}

function selected(
  values: Values = {},
  { items, optional }: { items?: { key: string; path: string }[]; optional?: boolean },
): Record<string, Buffer> {
  if (!items) return { ...values };
  const missing = items.find(({ key }) => values[key] === undefined);
  if (missing && !optional) {
    throw new MissingReferenceError(`references non-existent config key: ${missing.key}`);
  }
  const present = items.filter(({ key }) => values[key] !== undefined);
  return Object.fromEntries(present.map(({ key, path }) => [path, values[key]]));
}

function fields(
  { items }: { items: { path: string; fieldRef: { fieldPath: string } }[] },
  facts: PodFacts,
): Record<string, Buffer> {
  return Object.fromEntries(
    items.map(({ path, fieldRef }) => [path, Buffer.from(fieldOf(fieldRef.fieldPath, facts))]),
  );
}

/** Readable by the group, as with the fsGroup that OpenShift gives every pod. */
function write(file: string, content: Buffer, mode: number): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  chownSync(file, 0, 0);
  chmodSync(file, mode | 0o440);
}

/** A folder that the group 0 of every container may write. */
function writable(folder: string): string {
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o2777);
  }
  return folder;
}
