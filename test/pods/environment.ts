import type { KubernetesObject } from '../cluster/client';
import { expandVariables } from '../unit/expand-variables';
import type { References, Values } from './references';

/** What of a pod is known only once it runs. */
export interface PodFacts {
  readonly pod: KubernetesObject;
  readonly podIP: string;
}

/**
 * The variables of a container: those of the image, then `envFrom`, then `env`, a later one winning
 * (`makeEnvironmentVariables` in `pkg/kubelet/kubelet_pods.go` of Kubernetes). Variables of Services are left out.
 */
export async function environmentOf(
  container: Record<string, any>,
  imageEnv: Readonly<Record<string, string>>,
  references: References,
  facts: PodFacts,
): Promise<Record<string, string>> {
  const env: Record<string, string> = { ...imageEnv, HOSTNAME: facts.pod.metadata.name };
  for (const { prefix = '', configMapRef, secretRef } of container.envFrom ?? []) {
    const values: Values | undefined = configMapRef
      ? await references.values('ConfigMap', configMapRef.name, configMapRef.optional)
      : await references.values('Secret', secretRef.name, secretRef.optional);
    for (const [key, value] of Object.entries(values ?? {})) env[prefix + key] = value.toString();
  }
  for (const { name, value, valueFrom } of container.env ?? []) {
    const found = valueFrom
      ? await valueOf(valueFrom, references, facts)
      : expandVariables(String(value ?? ''), env);
    if (found !== undefined) env[name] = found;
  }
  return env;
}

async function valueOf(
  source: Record<string, any>,
  references: References,
  facts: PodFacts,
): Promise<string | undefined> {
  if (source.secretKeyRef) return (await references.value('Secret', source.secretKeyRef))?.toString();
  if (source.configMapKeyRef) {
    return (await references.value('ConfigMap', source.configMapKeyRef))?.toString();
  }
  if (source.fieldRef) return fieldOf(source.fieldRef.fieldPath, facts);
  throw new Error(`pods as processes know no variable from ${Object.keys(source).join()}`);
}

/** A field of the pod, as the downward API names it. */
export function fieldOf(path: string, { pod, podIP }: PodFacts): string {
  const keyed = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
  if (keyed) return pod.metadata[keyed[1] as 'labels' | 'annotations']?.[keyed[2]] ?? '';
  const fields: Record<string, string | undefined> = {
    'metadata.name': pod.metadata.name,
    'metadata.namespace': pod.metadata.namespace,
    'metadata.uid': pod.metadata.uid,
    'spec.nodeName': pod.spec.nodeName,
    'spec.serviceAccountName': pod.spec.serviceAccountName ?? 'default',
    'status.podIP': podIP,
    'status.podIPs': podIP,
    'status.hostIP': '127.0.0.1',
  };
  const value = fields[path];
  if (value === undefined) throw new Error(`pods as processes know no field ${path}`);
  return value;
}
