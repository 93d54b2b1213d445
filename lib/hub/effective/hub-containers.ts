import { backstageContainer } from '../../operators/rhdh';
import type { ResourceFields } from './resource-fields';
import type { RhdhRelease } from '../../operators/release';
import type { PodContainer, PodVariable, PodVariables } from '../../configuration/environment';
import type { RawConfig } from './raw-config';
import { patched } from './strategic-merge';

/** What the operator's own Deployment says of the environment of its containers (rhdh-operator, default-config). */
const operators: Pod = {
  initContainers: [
    {
      name: 'install-dynamic-plugins',
      env: [{ name: 'NPM_CONFIG_USERCONFIG', value: '/opt/app-root/src/.npmrc.dynamic-plugins/.npmrc' }],
    },
  ],
  containers: [
    { name: backstageContainer, env: [{ name: 'APP_CONFIG_backend_listen_port', value: '7007' }] },
  ],
};

const envs = 'spec.application.extraEnvs';

interface Pod {
  readonly containers?: readonly PodContainer[];
  readonly initContainers?: readonly PodContainer[];
}

/** An environment that grows. */
interface Growing extends PodContainer {
  env: PodVariable[];
  envFrom: PodVariables[];
}

/**
 * The containers of a connected hub's pod as the operator makes them: its own or those of the raw configuration, changed
 * by `spec.deployment.patch`, then given the variables of the raw configuration and `extraEnvs` (rhdh-operator,
 * pkg/model/deployment.go); 1.7 patches what has the plain variables already.
 */
export function hubContainers(
  manifest: ResourceFields,
  release: RhdhRelease,
  raw?: RawConfig,
): PodContainer[] {
  const plain = manifest.list(`${envs}.envs`);
  const first = release.name === '1.7' ? plain : [];
  const base: Pod = raw?.of('deployment.yaml')[0]?.value.spec?.template?.spec ?? operators;
  const pod = { containers: growing(base.containers), initContainers: growing(base.initContainers) };
  addPlain([...pod.containers, ...pod.initContainers], first, release);
  const patch = manifest.get('spec.deployment.patch') ?? {};
  const made = patched({ spec: { template: { spec: pod } } }, patch).spec?.template?.spec;
  const containers = [...growing(made?.containers), ...growing(made?.initContainers)];
  addRaw(containers, raw?.variables);
  if (first !== plain) addPlain(containers, plain, release);
  addSources(containers, manifest.list(`${envs}.configMaps`), 'configMap');
  addSources(containers, manifest.list(`${envs}.secrets`), 'secret');
  return containers;
}

function growing(containers: unknown): Growing[] {
  return listOf(containers).map((container) => ({
    ...container,
    env: listOf(container.env),
    envFrom: listOf(container.envFrom),
  }));
}

function addRaw(containers: readonly Growing[], variables: RawConfig['variables'] = []): void {
  for (const { name, reference, containers: names } of variables) {
    chosen(containers, names).forEach(({ envFrom }) => envFrom.push({ [reference]: { name } }));
  }
}

function addPlain(
  containers: readonly Growing[],
  variables: readonly any[],
  { _replacesVariables: replaces }: RhdhRelease,
): void {
  for (const { name, value, containers: names } of variables.filter(isObject)) {
    for (const { env } of chosen(containers, names)) {
      const present = replaces ? env.findIndex((variable) => variable.name === name) : -1;
      env.splice(present < 0 ? env.length : present, 1, { name, value: String(value ?? '') });
    }
  }
}

function addSources(
  containers: readonly Growing[],
  sources: readonly any[],
  kind: 'configMap' | 'secret',
): void {
  for (const { name, key, containers: names } of sources.filter(isObject)) {
    for (const { env, envFrom } of chosen(containers, names)) {
      if (key === undefined || key === '') {
        envFrom.push({ [`${kind}Ref`]: { name } });
      } else {
        env.push({ name: key, valueFrom: { [`${kind}KeyRef`]: { name, key } } });
      }
    }
  }
}

/** The containers that a selector names: Backstage's where it names none, all where it names `*`. */
function chosen(containers: readonly Growing[], names: unknown): readonly Growing[] {
  const wanted: readonly unknown[] = Array.isArray(names) && names.length > 0 ? names : [backstageContainer];
  const isEach = wanted.length === 1 && wanted[0] === '*';
  return containers.filter(({ name }) => isEach || wanted.includes(name));
}

function listOf(value: unknown): any[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function isObject(value: unknown): value is Record<string, any> {
  return typeof value === 'object' && value !== null;
}
