import type { PodContainer } from 'cdk8s-rhdh/configuration';
import type { KubeObject } from '../kubernetes/object';
import type { ObjectSet } from '../gates/object-set';

/** A key of a Secret or ConfigMap. */
export interface VariableSource {
  readonly kind: 'Secret' | 'ConfigMap';
  readonly name: string;
  readonly key: string;
}

/** Where a variable of a container comes from. */
export interface Variable {
  readonly name: string;
  /** The value, as far as it can be known. */
  readonly value?: string;
  /** @default - the value stands in the pod */
  readonly source?: VariableSource;
}

/**
 * The environment that a container gets: `env` wins over `envFrom`, and of two of a kind the later one
 * (Kubernetes API, Container).
 *
 * @param objects has the Secrets and ConfigMaps; the keys of one that it lacks are not known
 */
export function environmentOf(
  { env = [], envFrom = [] }: PodContainer,
  namespace: string | undefined,
  objects: ObjectSet,
): Map<string, Variable> {
  const variables = new Map<string, Variable>();
  const set = (variable: Variable) => variables.set(variable.name, variable);
  for (const { prefix = '', secretRef, configMapRef } of envFrom) {
    const kind = secretRef === undefined ? 'ConfigMap' : 'Secret';
    const name = (secretRef ?? configMapRef)?.name ?? '';
    const content = objects.get(kind, namespace, name);
    for (const key of Object.keys(content?.data ?? {})) {
      set({ name: prefix + key, value: valueOf(content, key), source: { kind, name, key } });
    }
  }
  for (const { name, value, valueFrom } of env) {
    const reference = valueFrom?.secretKeyRef ?? valueFrom?.configMapKeyRef;
    if (reference === undefined) {
      set({ name, value: valueFrom === undefined ? (value ?? '') : undefined });
    } else {
      const source = {
        kind: valueFrom?.secretKeyRef === undefined ? ('ConfigMap' as const) : ('Secret' as const),
        name: reference.name,
        key: reference.key,
      };
      const content = objects.get(source.kind, namespace, source.name);
      set({ name, value: valueOf(content, source.key), source });
    }
  }
  return variables;
}

/** Names of the Secrets and ConfigMaps that a container's environment comes from. */
export function environmentSources({ env = [], envFrom = [] }: PodContainer): Omit<VariableSource, 'key'>[] {
  const kinds = [
    ...envFrom.map(({ secretRef, configMapRef }) => [secretRef, configMapRef]),
    ...env.map(({ valueFrom }) => [valueFrom?.secretKeyRef, valueFrom?.configMapKeyRef]),
  ];
  return kinds.flatMap(([secret, configMap]) => [
    ...(secret === undefined ? [] : [{ kind: 'Secret' as const, name: secret.name }]),
    ...(configMap === undefined ? [] : [{ kind: 'ConfigMap' as const, name: configMap.name }]),
  ]);
}

/** The containers of a pod, or of the template of a workload. */
export function containersOf(object: KubeObject): PodContainer[] {
  const spec = object.kind === 'Pod' ? object.spec : object.spec?.template?.spec;
  return [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])] as PodContainer[];
}

function valueOf(content: KubeObject | undefined, key: string): string | undefined {
  const value: string | undefined = content?.data?.[key];
  return value === undefined || content?.kind === 'ConfigMap'
    ? value
    : Buffer.from(value, 'base64').toString('utf8');
}
