import { describeProblem, readYaml } from '../../yaml';
import type { Manifest } from '../../manifest/yaml-file';
import { backstageContainer } from '../../operators/rhdh';
import type { Contents } from './contents';
import type { ResourceFields } from './resource-fields';

const fields = ['spec.rawRuntimeConfig.backstageConfig', 'spec.rawRuntimeConfig.localDbConfig'];

/** A manifest that stands in the place of one of the operator's own. */
export interface RawManifest {
  readonly value: Manifest;
  /** The ConfigMap and the key it stands under, for a person. */
  readonly origin: string;
}

/** All keys of an object of the raw configuration, as variables. */
interface RawVariables {
  /** Name by which the contents know it. */
  readonly name: string;
  readonly reference: 'configMapRef' | 'secretRef';
  /** The containers that get them. @default - Backstage's */
  readonly containers?: readonly string[];
}

const sources = [
  { key: 'configmap-envs.yaml', kind: 'ConfigMap', reference: 'configMapRef' },
  { key: 'secret-envs.yaml', kind: 'Secret', reference: 'secretRef' },
] as const;

/** Names of the ConfigMaps with manifests that a hub gives the operator. */
export function rawConfigMaps(manifest: ResourceFields): string[] {
  return fields.flatMap((path) => {
    const name = manifest.get(path) as unknown;
    return typeof name === 'string' && name !== '' ? [name] : [];
  });
}

/**
 * The manifests of `spec.rawRuntimeConfig`. Each key takes the place of the operator's file of that name as a whole, and
 * the ConfigMap named later wins (rhdh-operator, pkg/model/runtime.go and internal/controller/spec_preprocessor.go).
 */
export class RawConfig {
  /** Names of the ConfigMaps that the app does not make: nothing is known of them. */
  readonly unknownConfigMaps: readonly string[];
  /** Why the operator could make no Backstage of them. */
  readonly problems: readonly string[];

  /** What comes into the environment before everything that the resource itself names. */
  readonly variables: readonly RawVariables[];

  private readonly manifests = new Map<string, readonly RawManifest[]>();

  constructor(manifest: ResourceFields, contents: Contents) {
    const unknownConfigMaps: string[] = [];
    const problems: string[] = [];
    for (const name of rawConfigMaps(manifest)) {
      const content = contents.of('ConfigMap', name);
      if (content === undefined) unknownConfigMaps.push(name);
      for (const [key, text] of Object.entries(content ?? {})) {
        const origin = `ConfigMap ${name}, ${key}`;
        const read = readYaml(text);
        problems.push(...read.problems.map((problem) => describeProblem(origin, problem)));
        const values = read.documents.map(({ value }) => ({ value: value as Manifest, origin }));
        this.manifests.set(key, values);
      }
    }
    for (const { value, origin } of this.of('deployment.yaml')) {
      const containers = value.spec?.template?.spec?.containers as unknown;
      if (!Array.isArray(containers) || !containers.some((one) => one?.name === backstageContainer)) {
        problems.push(
          `${origin}: has no container ${backstageContainer}, in which the operator runs Backstage; add it`,
        );
      }
    }
    this.unknownConfigMaps = unknownConfigMaps;
    this.problems = problems;
    this.variables = sources.flatMap(({ key, kind, reference }) =>
      this.of(key).map(({ value, origin }) => {
        const name = `${value.metadata?.name} of ${origin}`;
        contents.add(kind, name, value);
        return { name, reference, containers: containersOf(value) };
      }),
    );
  }

  /** What stands in the place of the operator's file of this name; nothing where the operator's own is used. */
  of(key: string): readonly RawManifest[] {
    return this.manifests.get(key) ?? [];
  }
}

/** An annotation names them, separated by commas. */
function containersOf({ metadata }: Manifest): string[] | undefined {
  const names: unknown = metadata?.annotations?.['rhdh.redhat.com/containers'];
  return typeof names === 'string' ? names.split(',').map((name) => name.trim()) : undefined;
}
