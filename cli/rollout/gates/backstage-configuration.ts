import { createHash } from 'node:crypto';
import type { KubeObject } from '../kubernetes/object';
import type { ObjectSet } from './object-set';

/** A ConfigMap or Secret that a Backstage resource refers to. */
export interface ConfigurationReference {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** The operator watches it, and its content is part of the hash on the pod template. */
  readonly watched: boolean;
}

interface Item {
  readonly name: string;
  readonly key?: string;
  readonly mountPath?: string;
}

/**
 * What the operator reads for a Backstage resource, in its order. Files mounted as a directory are not watched
 * (redhat-developer/rhdh-operator, internal/controller/spec_preprocessor.go, the same from 1.7 to 1.10).
 */
export function configurationReferences(backstage: KubeObject): ConfigurationReference[] {
  const {
    appConfig,
    extraFiles,
    extraEnvs,
    dynamicPluginsConfigMapName: plugins,
  } = backstage.spec?.application ?? {};
  const refer = (kind: ConfigurationReference['kind'], items: Item[] | undefined, isFile: boolean) =>
    (items ?? []).map(({ name, key, mountPath }) => ({
      kind,
      name,
      watched: !isFile || !mountPath || Boolean(key),
    }));
  return [
    ...refer('ConfigMap', appConfig?.configMaps, true),
    ...refer('ConfigMap', extraFiles?.configMaps, true),
    ...refer('Secret', extraFiles?.secrets, true),
    ...refer('ConfigMap', extraEnvs?.configMaps, false),
    ...refer('Secret', extraEnvs?.secrets, false),
    ...refer('ConfigMap', plugins === undefined || plugins === '' ? [] : [{ name: plugins }], false),
  ];
}

/**
 * The hash that the operator puts on the pod template: SHA-256 over keys and values of what it watches
 * (spec_preprocessor.go, `concatData`). Nothing where one of the objects is not known.
 */
export function configHash(backstage: KubeObject, objects: ObjectSet): string | undefined {
  const hash = createHash('sha256');
  for (const { kind, name, watched } of configurationReferences(backstage)) {
    if (!watched) continue;
    const object = objects.get(kind, backstage.metadata.namespace, name);
    if (object === undefined) return undefined;
    const text = kind === 'ConfigMap' ? object.data : {};
    const binary = kind === 'ConfigMap' ? object.binaryData : object.data;
    for (const [key, value] of sorted(text)) hash.update(key + value);
    for (const [key, value] of sorted(binary)) hash.update(key).update(Buffer.from(value, 'base64'));
  }
  return hash.digest('hex');
}

/** By bytes, as Go sorts. */
function sorted(data: Record<string, string> | undefined): [string, string][] {
  return Object.entries(data ?? {}).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
