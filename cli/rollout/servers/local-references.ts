import { localDatabaseName } from 'cdk8s-rhdh/operators';
import { displayName, type KubeObject } from '../kubernetes/object';
import { localDatabaseSecret } from '../gates/backstage-pod-template';
import type { ObjectSet } from '../gates/object-set';
import { containersOf, environmentOf } from './container-variables';
import { namesHost } from 'cdk8s-rhdh/operators';

/**
 * Who in the hub's namespace still refers to the operator's local database: to its Secret, or to its Service by a
 * variable. The local database itself may.
 */
export function localReferences(backstage: KubeObject, objects: ObjectSet): string[] {
  const { namespace, name } = backstage.metadata;
  const database = localDatabaseName(name);
  const candidates = ['Deployment.apps', 'StatefulSet.apps', 'Pod']
    .flatMap((kind) => objects.list(kind, namespace))
    .filter((object) => isAlive(object) && !isPartOf(object, database));
  return candidates.flatMap((object) => [
    ...(secretNames(object).includes(localDatabaseSecret(backstage))
      ? [`${displayName(object)} refers to Secret/${localDatabaseSecret(backstage)}`]
      : []),
    ...hostVariables(object, database, objects).map(
      (variable) => `${displayName(object)} has Service/${database} in its variable ${variable}`,
    ),
  ]);
}

function hostVariables(object: KubeObject, service: string, objects: ObjectSet): string[] {
  const { namespace } = object.metadata;
  const names = containersOf(object).flatMap((container) =>
    [...environmentOf(container, namespace, objects).values()]
      .filter(({ value }) => value !== undefined && namesHost(value, service, namespace))
      .map(({ name }) => name),
  );
  return [...new Set(names)];
}

function secretNames(object: KubeObject): string[] {
  const spec = object.kind === 'Pod' ? object.spec : object.spec?.template?.spec;
  const volumes: any[] = (spec?.volumes ?? []).flatMap((volume: any) => [
    volume,
    ...(volume.projected?.sources ?? []),
  ]);
  return [
    ...containersOf(object).flatMap(({ env = [], envFrom = [] }) => [
      ...env.map(({ valueFrom }) => valueFrom?.secretKeyRef?.name),
      ...envFrom.map(({ secretRef }) => secretRef?.name),
    ]),
    ...volumes.map(({ secret }) => (secret?.secretName ?? secret?.name) as string | undefined),
  ].filter((name) => name !== undefined);
}

function isAlive({ metadata, status }: KubeObject): boolean {
  return metadata.deletionTimestamp === undefined && !['Succeeded', 'Failed'].includes(status?.phase);
}

function isPartOf({ metadata }: KubeObject, statefulSet: string): boolean {
  return (
    metadata.name === statefulSet ||
    (metadata.ownerReferences ?? []).some(({ kind, name }) => kind === 'StatefulSet' && name === statefulSet)
  );
}
