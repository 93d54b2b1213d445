import { backstage, defaultConfiguration, operatorNamespace, pluginsFile } from 'cdk8s-rhdh/operators';
import { readYaml } from 'cdk8s-rhdh/yaml';
import { jsonOf } from '../kubernetes/json';
import { displayName, groupKind, type KubeObject } from '../kubernetes/object';
import { found, type Problem } from '../findings/problem';
import type { Api } from '../kubernetes/api';
import { unlessForbidden } from '../kubernetes/unless-forbidden';
import type { RolloutObject, RolloutStage } from '../stages/rollout-stage';

interface Plugin {
  readonly package?: unknown;
  readonly disabled?: unknown;
  readonly integrity?: unknown;
}

/**
 * An npm package needs the checksum of its version. The operator has those of its own default list, and merges lists by
 * the whole text of `package`; at another version without one the installer ends with "No integrity hash provided", and
 * the hub does not start. The default list is that of the operator's z-stream, so it is asked for in the cluster.
 */
export async function checkPluginChecksums(api: Api, stages: readonly RolloutStage[]): Promise<Problem[]> {
  const lists = uncheckedLists(stages);
  if (lists.length === 0) return [];
  const defaults = (await defaultConfigurations(api)).flatMap(defaultPlugins);
  return lists.flatMap(({ item, plugins }) => plugins.flatMap((plugin) => problemOf(item, plugin, defaults)));
}

/** Whether the operator's default list has to be asked for. */
export function hasUncheckedPlugins(stages: readonly RolloutStage[]): boolean {
  return uncheckedLists(stages).length > 0;
}

function uncheckedLists(stages: readonly RolloutStage[]): PluginList[] {
  return pluginLists(stages).filter(({ plugins }) => plugins.length > 0);
}

interface PluginList {
  readonly item: RolloutObject;
  /** The packages of npm that it asks for without a checksum. */
  readonly plugins: readonly string[];
}

/** The lists of plugins of the hubs, of every stage that has one. */
function pluginLists(stages: readonly RolloutStage[]): PluginList[] {
  const objects = stages.flatMap((stage) => stage.objects);
  const named = objects
    .map(({ object }) => object)
    .filter((object) => groupKind(object) === backstage && !skipsChecksums(object))
    .map(({ metadata, spec }) =>
      keyOf(metadata.namespace, spec?.application?.dynamicPluginsConfigMapName as string | undefined),
    );
  return objects
    .filter(({ object }) => groupKind(object) === 'ConfigMap')
    .filter(({ object: { metadata } }) => named.includes(keyOf(metadata.namespace, metadata.name)))
    .map((item) => ({ item, plugins: withoutChecksum(pluginsOf(item.object.data?.[pluginsFile])) }));
}

const keyOf = (namespace: string | undefined, name: string | undefined) => `${namespace ?? ''}/${name ?? ''}`;

/** Whether somebody has told the installer of the hub to take packages without a checksum (its SKIP_INTEGRITY_CHECK). */
function skipsChecksums({ spec }: KubeObject): boolean {
  return jsonOf(spec ?? {}).includes('"SKIP_INTEGRITY_CHECK"');
}

function withoutChecksum(plugins: readonly Plugin[]): string[] {
  return plugins
    .filter(({ disabled, integrity }) => disabled !== true && (integrity === undefined || integrity === ''))
    .map((plugin) => plugin.package)
    .filter((reference): reference is string => typeof reference === 'string' && npm.test(reference));
}

/** A name of npm, with or without a version: no folder, no URL, no image. */
const npm = /^((?:@[\w.-]+\/)?[a-z][\w.-]*)(?:@[\w.+-]+)?$/;

function nameOf(reference: string): string | undefined {
  return npm.exec(reference)?.[1];
}

/** The entries of a list of plugins, as far as it can be read: what is wrong with one is told elsewhere. */
function pluginsOf(text: unknown): Plugin[] {
  if (typeof text !== 'string') return [];
  const [list] = readYaml(text).documents.map(({ value }) => value as { plugins?: unknown } | undefined);
  const plugins: unknown = list?.plugins;
  return Array.isArray(plugins)
    ? plugins.filter((plugin): plugin is Plugin => typeof plugin === 'object' && plugin !== null)
    : [];
}

/** The default configuration of every operator in the cluster that the user may read. */
async function defaultConfigurations(api: Api): Promise<KubeObject[]> {
  const kind = { apiVersion: 'v1', kind: 'ConfigMap' };
  const named = `fieldSelector=${encodeURIComponent(`metadata.name=${defaultConfiguration}`)}`;
  const everywhere = await unlessForbidden(api.list(kind, undefined, named));
  if (everywhere !== undefined) return [...everywhere.items];
  const one = { ...kind, namespace: operatorNamespace, name: defaultConfiguration };
  const usual = await unlessForbidden(api.find(one));
  return usual === undefined ? [] : [usual];
}

/** The default list is a manifest of a ConfigMap in a key of that ConfigMap. */
function defaultPlugins({ data }: KubeObject): Plugin[] {
  return readYaml(String(data?.[pluginsFile] ?? '')).documents.flatMap(({ value }) =>
    pluginsOf((value as KubeObject).data?.[pluginsFile]),
  );
}

function problemOf(item: RolloutObject, reference: string, defaults: readonly Plugin[]): Problem[] {
  const same = defaults.filter((plugin) => nameOf(String(plugin.package)) === nameOf(reference));
  if (same.length === 0 || same.some((plugin) => plugin.package === reference)) return [];
  const known = [...new Set(same.map((plugin) => String(plugin.package)))].join(', ');
  return [
    found('plugin-without-checksum', {
      where: `${item.manifest.file}:${item.manifest.line}`,
      message: `${displayName(item.object)} asks for ${reference} without integrity, whose checksum the operator in this cluster does not know: its default list has ${known}`,
    }),
  ];
}
