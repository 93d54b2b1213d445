import { posix } from 'node:path';
import {
  type Configuration,
  type ConfigObject,
  type ConfigSurroundings,
  type ConfigValue,
  Environment,
  fileLayer,
  filled,
  LayeredConfig,
  type LayerResult,
  objectLayer,
  ofTheImage,
  type PodVolume,
  unknownText,
  variablesLayer,
  volumeFile,
  workingDirectory,
} from 'cdk8s-rhdh/configuration';
import { backstageContainer } from 'cdk8s-rhdh/operators';
import { parse } from 'yaml';
import { displayName, type KubeObject } from '../kubernetes/object';
import type { ObjectSet } from '../gates/object-set';
import { containersOf } from './container-variables';

/** What Backstage sees in the cluster, and why a part of it is not known. */
export interface HubConfiguration extends Configuration {
  readonly problems: readonly string[];
}

interface AppConfigSource {
  readonly name: string;
  readonly key?: string;
  readonly mountPath?: string;
}

/**
 * The configuration of a hub as Backstage reads it: what the plugins add, the app-configs in the order of the resource,
 * and `APP_CONFIG_` variables of the container, with everything that they refer to.
 *
 * @param objects has the Secrets and ConfigMaps; what is in others is not known
 */
export function hubConfiguration(
  backstage: KubeObject,
  workload: KubeObject,
  objects: ObjectSet,
): HubConfiguration {
  const contents = { of: (kind: string, name: string) => textsOf(objects, backstage, kind, name) };
  const known = (text: string) => filled(text, ({ kind, name, key }) => contents.of(kind, name)?.[key]);
  const container = containersOf(workload).find(({ name }) => name === backstageContainer);
  const environment = new Environment(container ?? { name: backstageContainer }, contents, () => []);
  const variable = (name: string) => {
    const value = environment.get(name);
    return value === undefined ? undefined : known(value);
  };
  const variablePlace = (name: string) => `variable ${name} of ${displayName(workload)}`;
  const volumes: PodVolume[] = workload.spec?.template?.spec?.volumes ?? [];
  const surroundings: ConfigSurroundings = {
    variable,
    file: (path, folder) => {
      const at = posix.resolve(folder, path);
      const file = volumeFile(volumes, container?.volumeMounts ?? [], at);
      return {
        text: known(unknownText(file ?? { kind: 'file', name: at, key: '' })),
        folder: posix.dirname(at),
      };
    },
    parse: (text) => parse(text) as ConfigValue,
  };
  const raw: unknown = backstage.spec?.rawRuntimeConfig?.backstageConfig;
  const missing = raw ? [`ConfigMap/${String(raw)} of spec.rawRuntimeConfig is not looked into`] : [];
  const { appConfig, dynamicPluginsConfigMapName: plugins } = backstage.spec?.application ?? {};
  const folder: string = appConfig?.mountPath ?? workingDirectory;
  const files = ((appConfig?.configMaps ?? []) as AppConfigSource[]).flatMap(({ name, key, mountPath }) => {
    const texts = contents.of('ConfigMap', name);
    if (texts === undefined) missing.push(`ConfigMap/${name} cannot be read`);
    return Object.entries(texts ?? {})
      .filter(([file]) => key === undefined || file === key)
      .map(([file, text]) =>
        fileLayer(text, `ConfigMap/${name}, ${file}`, posix.resolve(folder, mountPath ?? ''), surroundings),
      );
  });
  const results: LayerResult[] = [
    objectLayer(ofTheImage, 'the image of RHDH', workingDirectory, surroundings),
    ...pluginConfigs(contents.of('ConfigMap', plugins ?? '')).map(({ plugin, config }) =>
      objectLayer(config, `the pluginConfig of ${plugin}`, workingDirectory, surroundings),
    ),
    ...files,
    variablesLayer(environment.names, variable, variablePlace),
  ];
  return {
    config: new LayeredConfig(results.flatMap(({ layer }) => layer ?? [])),
    variable,
    variablePlace,
    problems: [...missing, ...results.flatMap(({ problems }) => problems)],
  };
}

/** What the plugins of the list add to the configuration, before the hub's own files. */
function pluginConfigs(
  texts: Readonly<Record<string, string>> = {},
): { plugin: string; config: ConfigObject }[] {
  const list: unknown = yamlOf(texts['dynamic-plugins.yaml'] ?? '')?.plugins;
  return (Array.isArray(list) ? list : []).flatMap((entry) =>
    typeof entry?.pluginConfig !== 'object' || entry.pluginConfig === null || entry.disabled === true
      ? []
      : [{ plugin: String(entry.package), config: entry.pluginConfig as ConfigObject }],
  );
}

function yamlOf(text: string): any {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

function textsOf(
  objects: ObjectSet,
  { metadata: { namespace } }: KubeObject,
  kind: string,
  name: string,
): Readonly<Record<string, string>> | undefined {
  const object = objects.get(kind, namespace, name);
  if (object === undefined) return undefined;
  const entries = Object.entries((object.data ?? {}) as Record<string, string>);
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      kind === 'Secret' ? Buffer.from(value, 'base64').toString('utf8') : value,
    ]),
  );
}
