import { backstage, platform, workflow } from 'cdk8s-rhdh/operators';
import { groupKind, type KubeObject } from '../kubernetes/object';
import { configurationReferences } from '../gates/backstage-configuration';

/** An object that another one needs, in the same namespace; StorageClasses have none. */
export interface Reference {
  readonly kind: 'ConfigMap' | 'Secret' | 'PersistentVolumeClaim' | 'ServiceAccount' | 'StorageClass';
  readonly name: string;
}

/** Everything that an object refers to and cannot do without; what it marks as optional is left out. */
export function referencesOf(object: KubeObject): Reference[] {
  const found = (extractors[groupKind(object)] ?? (() => []))(object.spec ?? {}, object);
  const unique = new Map(found.map((reference) => [`${reference.kind}/${reference.name}`, reference]));
  return [...unique.values()].filter(({ name }) => typeof name === 'string' && name !== '');
}

type Spec = any;
type Extractor = (spec: Spec, object: KubeObject) => Reference[];

const template: Extractor = (spec) => podReferences(spec.template?.spec);

const extractors: Readonly<Record<string, Extractor>> = {
  Pod: (spec) => podReferences(spec),
  'Deployment.apps': template,
  'DaemonSet.apps': template,
  'Job.batch': template,
  'CronJob.batch': (spec) => podReferences(spec.jobTemplate?.spec?.template?.spec),
  'StatefulSet.apps': (spec) => [
    ...podReferences(
      spec.template?.spec,
      (spec.volumeClaimTemplates ?? []).map((claim: Spec) => claim.metadata?.name),
    ),
    ...(spec.volumeClaimTemplates ?? []).flatMap((claim: Spec) => storageClass(claim.spec)),
  ],
  PersistentVolumeClaim: (spec) => storageClass(spec),
  'Ingress.networking.k8s.io': (spec) =>
    refer(
      'Secret',
      (spec.tls ?? []).map((tls: Spec) => tls.secretName),
    ),
  [backstage]: (spec, object) => [
    ...configurationReferences(object).map(({ kind, name }) => ({ kind, name })),
    ...refer(
      'PersistentVolumeClaim',
      (spec.application?.extraFiles?.pvcs ?? []).map((pvc: Spec) => pvc.name),
    ),
    ...refer('Secret', [spec.database?.authSecretName]),
    ...refer('ConfigMap', [spec.rawRuntimeConfig?.backstageConfig, spec.rawRuntimeConfig?.localDbConfig]),
    ...podReferences(spec.deployment?.patch?.spec?.template?.spec),
  ],
  [platform]: (spec) => [
    ...persistence(spec),
    ...Object.values(spec.services ?? {}).flatMap((service: Spec) => [
      ...persistence(service),
      ...podReferences({ ...service.podTemplate, containers: [service.podTemplate?.container ?? {}] }),
    ]),
  ],
  [workflow]: (spec) => [
    ...persistence(spec),
    ...podReferences({ ...spec.podTemplate, containers: [spec.podTemplate?.container ?? {}] }),
  ],
};

function podReferences(pod: Spec, ownClaims: string[] = []): Reference[] {
  if (pod === undefined || pod === null) return [];
  const containers: Spec[] = [...(pod.containers ?? []), ...(pod.initContainers ?? [])];
  const volumes: Spec[] = (pod.volumes ?? []).flatMap((volume: Spec) => [
    volume,
    ...(volume.projected?.sources ?? []),
  ]);
  const sources = [
    ...containers
      .flatMap((container) => container.envFrom ?? [])
      .map((from) => [from.configMapRef, from.secretRef]),
    ...containers
      .flatMap((container) => container.env ?? [])
      .map((env) => [env.valueFrom?.configMapKeyRef, env.valueFrom?.secretKeyRef]),
    ...volumes.map((volume) => [volume.configMap, volume.secret]),
  ];
  const needed = (source: Spec): string | undefined =>
    source === undefined || source === null || source.optional === true
      ? undefined
      : (source.name ?? source.secretName);
  const claims = volumes.map((volume) => volume.persistentVolumeClaim?.claimName as string | undefined);
  return [
    ...refer(
      'ConfigMap',
      sources.map(([configMap]) => needed(configMap)),
    ),
    ...refer(
      'Secret',
      sources.map(([, secret]) => needed(secret)),
    ),
    ...refer(
      'PersistentVolumeClaim',
      claims.filter((name) => name !== undefined && !ownClaims.includes(name)),
    ),
    ...refer('ServiceAccount', [pod.serviceAccountName ?? pod.serviceAccount]),
  ];
}

function persistence(spec: Spec): Reference[] {
  return refer('Secret', [spec?.persistence?.postgresql?.secretRef?.name]);
}

function storageClass(claim: Spec): Reference[] {
  return refer('StorageClass', [claim?.storageClassName]);
}

function refer(kind: Reference['kind'], names: readonly (string | undefined)[]): Reference[] {
  return names.filter((name) => name !== undefined).map((name) => ({ kind, name: name as string }));
}
