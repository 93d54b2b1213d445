import { providesAnnotation } from 'cdk8s-rhdh/operators';
import { groupKind, type KubeObject } from '../kubernetes/object';
import type { Reference } from './references';

/** What will exist once an object is applied: itself, and what a controller or a Job makes of it. */
export function providedBy(object: KubeObject): Reference[] {
  const { kind, metadata } = object;
  const annotated = metadata.annotations?.[providesAnnotation]?.split(',') ?? [];
  return [
    { kind: kind as Reference['kind'], name: metadata.name },
    ...annotated.flatMap((text) => {
      const [, providedKind, name] = /^\s*(Secret|ConfigMap)\/(\S+)\s*$/.exec(text) ?? [];
      return name === undefined ? [] : [{ kind: providedKind as Reference['kind'], name }];
    }),
    ...(makers[groupKind(object)]?.(object) ?? []),
  ];
}

const secret = (name: string): Reference => ({ kind: 'Secret', name });

/** Kinds whose controllers make Secrets and ConfigMaps, from the documentation of each. */
const makers: Readonly<Record<string, (object: KubeObject) => Reference[]>> = {
  'ExternalSecret.external-secrets.io': ({ metadata, spec }) => [secret(spec?.target?.name ?? metadata.name)],
  'SealedSecret.bitnami.com': ({ metadata, spec }) => [
    secret(spec?.template?.metadata?.name ?? metadata.name),
  ],
  'Certificate.cert-manager.io': ({ spec }) => [secret(spec?.secretName)],
  'Cluster.postgresql.cnpg.io': ({ metadata }) =>
    ['app', 'superuser', 'ca', 'server'].map((suffix) => secret(`${metadata.name}-${suffix}`)),
  'ObjectBucketClaim.objectbucket.io': ({ metadata }) => [
    secret(metadata.name),
    { kind: 'ConfigMap', name: metadata.name },
  ],
};

/** What every namespace has without anybody applying it (Kubernetes and OpenShift). */
export const inEveryNamespace: readonly Reference[] = [
  { kind: 'ServiceAccount', name: 'default' },
  { kind: 'ConfigMap', name: 'kube-root-ca.crt' },
  { kind: 'ConfigMap', name: 'openshift-service-ca.crt' },
];
