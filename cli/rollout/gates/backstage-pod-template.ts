import { localSecretName } from 'cdk8s-rhdh/operators';
import type { KubeObject } from '../kubernetes/object';

interface EnvSource {
  readonly name: string;
  readonly key?: string;
}

interface Container {
  readonly name: string;
  readonly env?: {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: { readonly secretKeyRef?: EnvSource; readonly configMapKeyRef?: EnvSource };
  }[];
  readonly envFrom?: { readonly secretRef?: EnvSource; readonly configMapRef?: EnvSource }[];
}

/**
 * What the Backstage resource asks of the pods' environment and the pod template does not carry yet, in words;
 * an empty list says that the operator has taken the resource over. A `Deployed=True` from before a change is
 * found out by this, because the condition carries no generation.
 */
export function missingFromPodTemplate(backstage: KubeObject, workload: KubeObject): string[] {
  const podSpec = workload.spec?.template?.spec ?? {};
  const containers: Container[] = [...(podSpec.containers ?? []), ...(podSpec.initContainers ?? [])];
  const { extraEnvs } = backstage.spec?.application ?? {};
  const missing: string[] = [];
  for (const { name, value } of (extraEnvs?.envs ?? []) as { name: string; value: string }[]) {
    if (!containers.some(({ env }) => env?.some((entry) => entry.name === name && entry.value === value))) {
      missing.push(`the variable ${name}`);
    }
  }
  const sources: [string, EnvSource[] | undefined, 'secret' | 'configMap'][] = [
    ['Secret', extraEnvs?.secrets, 'secret'],
    ['ConfigMap', extraEnvs?.configMaps, 'configMap'],
  ];
  for (const [kind, items, field] of sources) {
    for (const item of items ?? []) {
      if (!containers.some((container) => readsFrom(container, item, field))) {
        missing.push(`${kind}/${item.name}`);
      }
    }
  }
  missing.push(...localDatabase(backstage, containers));
  const wanted: unknown = backstage.spec?.deployment?.patch?.spec?.replicas;
  if (typeof wanted === 'number' && workload.spec?.replicas !== wanted) missing.push(`${wanted} replicas`);
  return missing;
}

function readsFrom(container: Container, { name, key }: EnvSource, field: 'secret' | 'configMap'): boolean {
  if (key === undefined || key === '') {
    return container.envFrom?.some((source) => source[`${field}Ref`]?.name === name) ?? false;
  }
  return (
    container.env?.some(({ valueFrom }) => {
      const reference = valueFrom?.[`${field}KeyRef`];
      return reference?.name === name && reference.key === key;
    }) ?? false
  );
}

/** With an external database no container may read the local one's Secret any more. */
function localDatabase(backstage: KubeObject, containers: Container[]): string[] {
  if (backstage.spec?.database?.enableLocalDb !== false) return [];
  const item = { name: localDatabaseSecret(backstage) };
  return containers.some((container) => readsFrom(container, item, 'secret'))
    ? [`the removal of Secret/${item.name}`]
    : [];
}

/** The Secret of the operator's own database (redhat-developer/rhdh-operator, pkg/model/db-secret.go). */
export function localDatabaseSecret(backstage: KubeObject): string {
  return localSecretName(backstage.metadata.name);
}
