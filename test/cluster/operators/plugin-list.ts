import { parse, stringify } from 'yaml';
import type { KubernetesObject } from '../client';
import type { Chance } from './chance';
import { isSince, type OperatorRelease } from './releases';

interface Plugin {
  readonly package: string;
  readonly disabled?: boolean;
  /** Since 2.0, where it wins over `disabled`. */
  readonly enabled?: boolean;
  readonly integrity?: string;
  readonly pluginConfig?: unknown;
  readonly dependencies?: readonly { readonly ref?: string }[] | null;
}

interface PluginList {
  readonly includes?: readonly string[] | null;
  readonly plugins?: readonly Plugin[] | null;
}

const defaultInclude = 'dynamic-plugins.default.yaml';
const needsPlatform = [{ ref: 'sonataflow' }];
const oci = (plugin: string) =>
  `oci://registry.access.redhat.com/rhdh/red-hat-developer-hub-backstage-plugin-${plugin}:{{inherit}}`;

/** The orchestrator's backend as the default list of each release has it, by the whole text of `package`. */
export const orchestratorBackend: Readonly<Record<OperatorRelease, string>> = {
  '1.7': '@redhat/backstage-plugin-orchestrator-backend-dynamic@1.7.1',
  '1.8': '@redhat/backstage-plugin-orchestrator-backend-dynamic@1.8.2',
  '1.9': oci('orchestrator-backend'),
  '1.10': oci('orchestrator-backend'),
  '2.0': oci('orchestrator-backend'),
};

/**
 * What of the default list matters here: which plugin needs the SonataFlowPlatform (`default-config/dynamic-plugins.yaml`
 * under `config/profile/rhdh`; from 1.10 on `default-config/flavours/orchestrator`, for hubs that ask for the flavour).
 */
function defaultList(release: OperatorRelease, backstage: KubernetesObject): PluginList {
  const backend = { package: orchestratorBackend[release], dependencies: needsPlatform };
  if (!isSince(release, '1.10')) {
    return { includes: [defaultInclude], plugins: [{ ...backend, disabled: true }] };
  }
  const flavours: { name: string; enabled?: boolean }[] = backstage.spec?.flavours ?? [];
  const asked = flavours.some(({ name, enabled }) => name === 'orchestrator' && enabled !== false);
  return {
    includes: [defaultInclude],
    plugins: asked ? [{ ...backend, disabled: false }] : [],
  };
}

/**
 * The hub's plugins: the defaults of the release merged with the user's list by the whole text of `package`, in the
 * order of a Go map, which is none (`mergeWith` and `MergePluginsData` in `pkg/model/dynamic-plugins.go`). 1.7 merges
 * no `dependencies`; an empty list of them clears the defaults' from 1.10 on.
 */
export function mergedPlugins(
  release: OperatorRelease,
  backstage: KubernetesObject,
  text: string,
  chance: Chance,
): Plugin[] {
  const plugins = new Map(
    (defaultList(release, backstage).plugins ?? []).map((plugin) => [plugin.package, plugin]),
  );
  for (const plugin of (parse(text) as PluginList | null)?.plugins ?? []) {
    const former = plugins.get(plugin.package);
    plugins.set(plugin.package, {
      ...former,
      ...plugin,
      disabled: plugin.disabled ?? false,
      dependencies: former ? mergedDependencies(release, former, plugin) : plugin.dependencies,
    });
  }
  return chance.shuffled([...plugins.values()]);
}

function mergedDependencies(release: OperatorRelease, former: Plugin, { dependencies }: Plugin) {
  if (release === '1.7' || !dependencies) return former.dependencies;
  if (isSince(release, '1.10')) return dependencies;
  return dependencies.length > 0 ? dependencies : former.dependencies;
}

/** The list as the operator writes it into its own ConfigMap: nothing of the user's comments is left. */
export function pluginListText(plugins: readonly Plugin[], text: string): string {
  const includes = new Set([defaultInclude, ...((parse(text) as PluginList | null)?.includes ?? [])]);
  return stringify({ includes: [...includes], plugins });
}

/** Whether an enabled plugin needs the SonataFlowPlatform of the operator's own (`IsDisabled` in dynamic-plugins.go). */
export function needsSonataFlow(release: OperatorRelease, plugins: readonly Plugin[]): boolean {
  return plugins.some(
    ({ disabled, enabled, dependencies }) =>
      ((isSince(release, '2.0') ? enabled : undefined) ?? !disabled) &&
      (dependencies ?? []).some((needed) => needed?.ref === 'sonataflow'),
  );
}
