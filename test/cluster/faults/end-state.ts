import { parse } from 'yaml';
import { nudgeAnnotation, nudgeManager } from '../../../cli/rollout/apply/nudge';
import type { Client, KubernetesObject } from '../client';

/** Kinds of a namespace in which a rollout ends; what controllers make of them under random names is left out. */
const kinds: readonly [string, string][] = [
  ['v1', 'ConfigMap'],
  ['v1', 'Secret'],
  ['v1', 'Service'],
  ['v1', 'ServiceAccount'],
  ['v1', 'PersistentVolumeClaim'],
  ['apps/v1', 'StatefulSet'],
  ['apps/v1', 'Deployment'],
  ['batch/v1', 'Job'],
  ['networking.k8s.io/v1', 'NetworkPolicy'],
  ['rbac.authorization.k8s.io/v1', 'Role'],
  ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
  ['rhdh.redhat.com/v1alpha4', 'Backstage'],
  ['sonataflow.org/v1alpha08', 'SonataFlowPlatform'],
];

/** Fields that differ between two namespaces in which the same was done. */
const ofTheMoment = new Set([
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'managedFields',
  'generation',
  'observedGeneration',
  'ownerReferences',
  'status',
  'volumeName',
  'clusterIP',
  'clusterIPs',
  'batch.kubernetes.io/controller-uid',
  'controller-uid',
  'deployment.kubernetes.io/revision',
  'rhdh.redhat.com/ext-config-hash',
  'cdk8s-rhdh/run',
  // Whether an operator overlooks a change, and is made to look again, is chance.
  nudgeAnnotation,
]);

/**
 * What stands in a namespace, without what another run would do differently: by kind and name, with its field
 * managers. Values of Secrets are left out, generated ones differ.
 */
export async function endState(client: Client, namespace: string): Promise<Record<string, unknown>> {
  const state: Record<string, unknown> = {};
  for (const [apiVersion, kind] of kinds) {
    for (const object of await client.list(apiVersion, kind, namespace)) {
      if (isEphemeral(object)) continue;
      const managers = (object.metadata.managedFields ?? [])
        .map(({ manager }) => manager)
        .filter((manager) => manager !== nudgeManager);
      const text = JSON.stringify(strip({ ...object, data: comparable(object) }))
        .replaceAll(namespace, '<namespace>')
        // Digests in the rollout's own ConfigMap are of manifests with the namespace in them.
        .replace(/(?<=\\": \\")[0-9a-f]{16}(?=\\")/g, '<digest>')
        .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>');
      state[`${kind}/${object.metadata.name}`] = {
        ...(JSON.parse(text) as object),
        managers: [...new Set(managers)].sort(),
      };
    }
  }
  return state;
}

/**
 * Claims of a generic ephemeral volume have the name of their pod; a Job of the RHDH operator's own is deleted 30 s after
 * its end, and made again whenever the operator looks at the hub.
 */
const isEphemeral = ({ kind, metadata }: KubernetesObject) =>
  (metadata.ownerReferences ?? []).some(
    (owner) => owner.kind === 'Pod' || (kind === 'Job' && owner.kind === 'Backstage'),
  );

/** The data of an object, as far as it is the same in every run. */
function comparable({ kind, metadata, data = {} }: KubernetesObject): unknown {
  if (kind === 'Secret') return Object.keys(data).sort();
  // The operator writes its list in the order of a Go map, which is none.
  if (metadata.name.startsWith('backstage-dynamic-plugins-')) {
    const { includes, plugins } = parse(data['dynamic-plugins.yaml']) as {
      includes: string[];
      plugins: { package: string }[];
    };
    return { includes, plugins: plugins.sort((a, b) => a.package.localeCompare(b.package)) };
  }
  return data;
}

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value)
    .filter(([field]) => !ofTheMoment.has(field))
    .map(([field, content]) => [field, strip(content)] as const)
    // Annotations of the moment alone are none.
    .filter(([field, content]) => field !== 'annotations' || Object.keys(content as object).length > 0);
  return Object.fromEntries(kept);
}
