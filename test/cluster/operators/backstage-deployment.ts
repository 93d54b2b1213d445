import type { KubernetesObject } from '../client';
import { patchedWorkload, type Workload } from '../../go/patched-workload';
import { defaultDeployment } from './default-deployment';
import { isSince, type OperatorRelease } from './releases';

interface Container {
  name: string;
  env?: { name: string; value?: string; valueFrom?: unknown }[];
  envFrom?: unknown[];
  volumeMounts?: { name: string; mountPath: string; readOnly?: boolean }[];
  [field: string]: unknown;
}

interface PodSpec {
  containers: Container[];
  initContainers: Container[];
  volumes: { name: string; [source: string]: unknown }[];
  [field: string]: unknown;
}

interface Reference {
  readonly name: string;
  readonly key?: string;
  readonly mountPath?: string;
  readonly containers?: readonly string[];
}

const workingDir = '/opt/app-root/src';

/** Whether the annotation stops the hub and its local database (`IdleAnnotation` in `pkg/model/runtime.go`, main branch). */
export const isIdle = (release: OperatorRelease, { metadata }: KubernetesObject): boolean =>
  isSince(release, '2.0') && metadata.annotations?.['rhdh.redhat.com/idle'] === 'true';

/** Kind of the hub's workload (`setDeployment` in `pkg/model/deployment.go`, since 1.9). */
export const workloadKind = (release: OperatorRelease, { spec }: KubernetesObject): string =>
  (isSince(release, '1.9') ? (spec?.deployment?.kind as string | undefined) : undefined) ?? 'Deployment';

/**
 * The Deployment of a hub, or its StatefulSet where the resource says so: the operator's own, then `spec.deployment.patch`, then environment and files from the
 * resource (`pkg/model/deployment.go` and its neighbours in redhat-developer/rhdh-operator).
 *
 * Files are mounted as a directory each; the operator mounts most of them one by one.
 * @throws LibraryError where the operator cannot merge the patch
 */
export async function backstageDeployment(
  release: OperatorRelease,
  backstage: KubernetesObject,
  hash: string,
): Promise<KubernetesObject> {
  const { name, annotations } = backstage.metadata;
  const { application = {}, deployment = {}, database = {} } = backstage.spec ?? {};
  const own = inKind(workloadKind(release, backstage), defaultDeployment(release, name));
  own.spec.template.metadata.annotations = { 'rhdh.redhat.com/ext-config-hash': hash };
  if (application.replicas !== undefined) own.spec.replicas = application.replicas;
  const listMergeMode = isSince(release, '1.10')
    ? annotations?.['rhdh.redhat.com/deployment-patch-list-merge-mode']
    : undefined;
  const envs = application.extraEnvs?.envs ?? [];
  // 1.7 patches what has the plain variables already.
  if (release === '1.7') addPlain(own.spec.template.spec as PodSpec, envs);
  const patched = deployment.patch ? await patchedWorkload(own, deployment.patch, listMergeMode) : own;
  const pod = patched.spec.template.spec as PodSpec;

  if (release !== '1.7') addPlain(pod, envs);
  addFiles(pod, 'configMap', 'name', application.appConfig?.configMaps);
  addFiles(pod, 'configMap', 'name', application.extraFiles?.configMaps);
  addFiles(pod, 'secret', 'secretName', application.extraFiles?.secrets);
  if (application.dynamicPluginsConfigMapName) {
    const plugins = { name: `backstage-dynamic-plugins-${name}`, containers: ['install-dynamic-plugins'] };
    addFiles(pod, 'configMap', 'name', [plugins]);
  }
  const localSecret = database.enableLocalDb === false ? undefined : `backstage-psql-secret-${name}`;
  const databaseSecret: string | undefined = database.authSecretName || localSecret;
  if (databaseSecret) addEnvironment(pod, 'secret', [{ name: databaseSecret }]);
  addEnvironment(pod, 'configMap', application.extraEnvs?.configMaps);
  addEnvironment(pod, 'secret', application.extraEnvs?.secrets);

  if (isIdle(release, backstage)) patched.spec.replicas = 0;

  return patched as KubernetesObject;
}

/** `toStatefulSet` in `pkg/model/deployment_obj.go`; the workload of the other kind stays where it is. */
function inKind(kind: string, deployment: Workload): Workload {
  if (kind === 'Deployment') return deployment;
  const { replicas, selector, template } = deployment.spec;
  return { ...deployment, kind, spec: { replicas, selector, template, serviceName: '' } };
}

/** No selector means the hub's own container, `*` every container (`pkg/model/containers-filter.go`). */
function containersOf(pod: PodSpec, names: readonly string[] | undefined): Container[] {
  const all = [...pod.containers, ...pod.initContainers];
  if (names?.length === 1 && names[0] === '*') return all;
  return all.filter(({ name }) => (names?.length ? names : ['backstage-backend']).includes(name));
}

function addPlain(pod: PodSpec, envs: readonly (Reference & { readonly value?: string })[]): void {
  for (const { name, value, containers } of envs) {
    for (const container of containersOf(pod, containers)) setEnv(container, { name, value });
  }
}

function setEnv(container: Container, variable: { name: string; value?: string; valueFrom?: unknown }): void {
  const others = (container.env ?? []).filter(({ name }) => name !== variable.name);
  container.env = [...others, variable];
}

function addEnvironment(
  pod: PodSpec,
  kind: 'configMap' | 'secret',
  references: readonly Reference[] = [],
): void {
  for (const { name, key, containers } of references) {
    for (const container of containersOf(pod, containers)) {
      if (key) setEnv(container, { name: key, valueFrom: { [`${kind}KeyRef`]: { name, key } } });
      else container.envFrom = [...(container.envFrom ?? []), { [`${kind}Ref`]: { name } }];
    }
  }
}

function addFiles(
  pod: PodSpec,
  kind: 'configMap' | 'secret',
  nameField: string,
  references: readonly Reference[] = [],
): void {
  for (const { name, mountPath, containers } of references) {
    const volume = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    pod.volumes.push({ name: volume, [kind]: { [nameField]: name } });
    for (const container of containersOf(pod, containers)) {
      const mount = { name: volume, mountPath: mountPath ?? `${workingDir}/${volume}`, readOnly: true };
      container.volumeMounts = [...(container.volumeMounts ?? []), mount];
    }
  }
}
