import type { KubernetesObject } from '../client';
import { patchedWorkload } from '../../go/patched-workload';
import { defaultDeployment } from './default-deployment';

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

/**
 * The Deployment of a hub: the operator's own, then `spec.deployment.patch`, then environment and files from the
 * resource (`pkg/model/deployment.go` and its neighbours in redhat-developer/rhdh-operator).
 *
 * Files are mounted as a directory each; the operator mounts most of them one by one.
 * @throws LibraryError where the operator cannot merge the patch
 */
export async function backstageDeployment(
  release: string,
  backstage: KubernetesObject,
  hash: string,
): Promise<KubernetesObject> {
  const { name, annotations } = backstage.metadata;
  const { application = {}, deployment = {}, database = {} } = backstage.spec ?? {};
  const own = defaultDeployment(release, name);
  own.spec.template.metadata.annotations = { 'rhdh.redhat.com/ext-config-hash': hash };
  if (application.replicas !== undefined) own.spec.replicas = application.replicas;
  const mergesLists = !['1.7', '1.8', '1.9'].includes(release);
  const listMergeMode = mergesLists
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

  return patched as KubernetesObject;
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
