import type { PodContainer } from 'cdk8s-rhdh/configuration';
import { backstageContainer, hubVariables, localDatabaseName, workloadName } from 'cdk8s-rhdh/operators';
import { displayName, type KubeObject } from '../kubernetes/object';
import { backstageWorkload } from '../gates/backstage';
import { missingFromPodTemplate } from '../gates/backstage-pod-template';
import type { ObjectSet } from '../gates/object-set';
import { podsOf } from '../gates/workloads';
import { checked } from './check-result';
import type { Check } from '../event';
import { containersOf, environmentOf, type Variable } from '../servers/container-variables';
import { namesHost } from 'cdk8s-rhdh/operators';
import { localReferences } from '../servers/local-references';

/** The hub's pods carry the external database's environment, and nobody refers to the local one. */
export function checkHubEnvironment(backstage: KubeObject, objects: ObjectSet): Check {
  const subject = displayName(backstage);
  const done = (message: string, problems: readonly string[]) =>
    checked('hub-environment', subject, message, problems);
  if (backstage.spec?.database?.enableLocalDb !== false) {
    return done('', [
      'its resource leaves it on the operator’s local database: spec.database.enableLocalDb is not false',
    ]);
  }
  const workload = backstageWorkload(backstage, objects);
  if (workload === undefined) return done('', [`there is no ${workloadName(backstage.metadata.name)}`]);
  const pods = runningPods(workload, objects);
  const problems = [
    ...problemsOf(workload, workload, backstage, objects),
    ...pods.flatMap((pod) => problemsOf(pod, asWorkload(workload, pod), backstage, objects)),
    ...(pods.length === 0 ? ['no pod of it runs'] : []),
    ...localReferences(backstage, objects),
  ];
  const host = hubLogin(workload, objects)?.get('POSTGRES_HOST');
  return done(
    `${podsText(pods.length)} on ${sourceText(host)}, and nobody refers to the local database`,
    problems,
  );
}

/** Pods of a workload that run or are about to, without those that are going. */
export function runningPods(workload: KubeObject, objects: ObjectSet): KubeObject[] {
  return podsOf(workload, objects).filter(
    ({ metadata, status }) =>
      metadata.deletionTimestamp === undefined && !['Succeeded', 'Failed'].includes(status?.phase),
  );
}

/** The environment of the hub's own container. */
export function hubLogin(object: KubeObject, objects: ObjectSet): Map<string, Variable> | undefined {
  const container = hubContainer(object);
  return container === undefined ? undefined : environmentOf(container, object.metadata.namespace, objects);
}

/** The container in which Backstage runs (redhat-developer/rhdh-operator, pkg/model/deployment.go). */
export function hubContainer(object: KubeObject): PodContainer | undefined {
  return containersOf(object).find(({ name }) => name === backstageContainer);
}

function problemsOf(
  object: KubeObject,
  workload: KubeObject,
  backstage: KubeObject,
  objects: ObjectSet,
): string[] {
  const name = displayName(object);
  const login = hubLogin(object, objects);
  if (login === undefined) return [`${name} has no container backstage-backend`];
  const local = localDatabaseName(backstage.metadata.name);
  // References to the local database are told for everybody in the namespace.
  const wanted = { ...backstage, spec: { ...backstage.spec, database: undefined } };
  return [
    ...missingFromPodTemplate(wanted, workload).map((missing) => `${name} lacks ${missing}`),
    ...Object.values(hubVariables)
      .filter((variable) => !login.has(variable))
      .map((variable) => `${name} has no variable ${variable}, as far as it can be read`),
    ...(namesHost(login.get('POSTGRES_HOST')?.value ?? '', local, backstage.metadata.namespace)
      ? [`${name} has the local database in POSTGRES_HOST (${sourceText(login.get('POSTGRES_HOST'))})`]
      : []),
  ];
}

function asWorkload(workload: KubeObject, pod: KubeObject): KubeObject {
  return { ...workload, spec: { ...workload.spec, template: { spec: pod.spec } } };
}

function sourceText(variable: Variable | undefined): string {
  const { value, source } = variable ?? {};
  const from = source === undefined ? '' : `, which ${source.kind}/${source.name} says`;
  return `${value ?? 'a host that cannot be read'}${from}`;
}

function podsText(count: number): string {
  return count === 1 ? '1 pod is' : `${count} pods are`;
}
