import { backstageContainer } from '../../operators/rhdh';
import type { ResourceFields } from './resource-fields';
import type { RhdhRelease } from '../../operators/release';
import type { PodContainer, PodVariable, PodVariables } from '../../configuration/environment';
import { patched } from './strategic-merge';

/** What the operator's own Deployment says of the environment of its containers (rhdh-operator, default-config). */
const operators: readonly (PodContainer & { readonly kind: 'containers' | 'initContainers' })[] = [
  {
    kind: 'initContainers',
    name: 'install-dynamic-plugins',
    env: [{ name: 'NPM_CONFIG_USERCONFIG', value: '/opt/app-root/src/.npmrc.dynamic-plugins/.npmrc' }],
  },
  {
    kind: 'containers',
    name: backstageContainer,
    env: [{ name: 'APP_CONFIG_backend_listen_port', value: '7007' }],
  },
];

const envs = 'spec.application.extraEnvs';

/** An environment that grows. */
interface Growing extends PodContainer {
  env: PodVariable[];
  envFrom: PodVariables[];
}

/**
 * The containers of a connected hub's pod as the operator makes them: its own, changed by `spec.deployment.patch`, then
 * given `extraEnvs` (rhdh-operator, pkg/model/deployment.go); 1.7 patches what has the plain variables already.
 */
export function hubContainers(manifest: ResourceFields, release: RhdhRelease): PodContainer[] {
  const plain = manifest.list(`${envs}.envs`);
  const first = release.name === '1.7' ? plain : [];
  const own = (kind: string): Growing[] =>
    operators
      .filter((container) => container.kind === kind)
      .map(({ name, env = [] }) => ({
        name,
        env: [...env],
        envFrom: [],
      }));
  const pod = { containers: own('containers'), initContainers: own('initContainers') };
  addPlain([...pod.containers, ...pod.initContainers], first, release);
  const patch = manifest.get('spec.deployment.patch') ?? {};
  const made = patched({ spec: { template: { spec: pod } } }, patch).spec?.template?.spec;
  const containers = [...(made?.containers ?? []), ...(made?.initContainers ?? [])].map(
    (container): Growing => ({
      ...container,
      env: [...(container.env ?? [])],
      envFrom: [...(container.envFrom ?? [])],
    }),
  );
  if (first !== plain) addPlain(containers, plain, release);
  addSources(containers, manifest.list(`${envs}.configMaps`), 'configMap');
  addSources(containers, manifest.list(`${envs}.secrets`), 'secret');
  return containers;
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

function isObject(value: unknown): value is Record<string, any> {
  return typeof value === 'object' && value !== null;
}
