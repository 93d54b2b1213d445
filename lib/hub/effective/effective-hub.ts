import { posix } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { IConstruct } from 'constructs';
import { parse } from 'yaml';
import type { ResourceFields } from './resource-fields';
import type { RhdhRelease } from '../../operators/release';
import {
  type ConfigLayer,
  fileLayer,
  type LayerResult,
  objectLayer,
  variablesLayer,
} from '../../configuration/config-layer';
import { Contents } from './contents';
import { Environment, type KnownKeys, type PodContainer } from '../../configuration/environment';
import { backstageContainer } from '../../operators/rhdh';
import { hubContainers } from './hub-containers';
import { unknownText } from '../../configuration/known-text';
import { LayeredConfig } from '../../configuration/layered-config';
import { ofTheImage } from '../../configuration/image-defaults';
import { type MountedFile, workingDirectory } from '../../configuration/mounted-file';
import { mountedFile } from './mounted-files';
import { RawConfig, rawConfigMaps } from './raw-config';
import type { Configuration } from '../../configuration/configuration';
import type { ConfigObject, ConfigSurroundings, ConfigValue } from '../../configuration/substitution';

const envs = 'spec.application.extraEnvs';
const configMaps = 'spec.application.appConfig.configMaps';
const containers = 'spec.deployment.patch.spec.template.spec.containers';

/** What a hub is looked at through. */
export interface EffectiveHubProps {
  readonly scope: IConstruct;
  readonly namespace: string | undefined;
  readonly manifest: ResourceFields;
  readonly release: RhdhRelease;
  /** What the plugins of the list add to the configuration, before the hub's own files. */
  readonly pluginConfigs: readonly { readonly plugin: string; readonly config: ConfigObject }[];
  /** Keys of Secrets that the app does not make. */
  readonly knownKeys: KnownKeys;
}

interface ReadConfiguration {
  readonly config: LayeredConfig;
  readonly problems: readonly string[];
  readonly unknownConfigMaps: readonly string[];
}

/**
 * What Backstage will really see: its configuration files in the order of the operator, everything that they refer to,
 * `APP_CONFIG_` variables, and the environment of each container after the pod patch. What only the cluster knows
 * (keys of Secrets) stands in texts as such; see `known-text.ts`.
 */
export class EffectiveHub implements Configuration {
  /** ConfigMaps and Secrets of the app. */
  readonly contents: Contents;
  /** All containers of the pod. */
  readonly containers: readonly PodContainer[];

  private readonly raw: RawConfig;
  private environment: Environment | undefined;
  private read: ReadConfiguration | undefined;

  constructor(private readonly props: EffectiveHubProps) {
    this.contents = new Contents(props.scope, props.namespace);
    this.raw = new RawConfig(props.manifest, this.contents);
    this.containers = hubContainers(props.manifest, props.release, this.raw);
  }

  /** The whole configuration. */
  get config(): LayeredConfig {
    return this.configuration.config;
  }

  /** Why Backstage would not start with its configuration, or start in no certain way. */
  get problems(): readonly string[] {
    return this.configuration.problems;
  }

  /** Names of the ConfigMaps of configuration files that the app does not make: nothing is known of them. */
  get unknownConfigMaps(): readonly string[] {
    return this.configuration.unknownConfigMaps;
  }

  /** Why the operator could make no Backstage of the raw configuration. */
  get rawProblems(): string[] {
    return [...this.raw.problems];
  }

  /** Names of the ConfigMaps of the raw configuration that the app does not make. */
  get unknownRawConfigMaps(): readonly string[] {
    return this.raw.unknownConfigMaps;
  }

  /** The container in which Backstage runs. */
  get container(): PodContainer | undefined {
    return this.containers.find(({ name }) => name === backstageContainer);
  }

  /** The environment of a container. */
  environmentOf(container: PodContainer): Environment {
    return new Environment(container, this.contents, this.props.knownKeys);
  }

  /** Value of a variable of Backstage; nothing where it is not set. */
  variable(name: string): string | undefined {
    return this.backstage.get(name);
  }

  /** Value that a variable of Backstage gets in the app, though a Secret that only the cluster knows may write over it. */
  writtenVariable(name: string): string | undefined {
    const text = this.backstage.written(name);
    return text === undefined ? undefined : this.contents.resolve(text);
  }

  /** Where a variable of Backstage is set, for a person. */
  variablePlace(name: string): string {
    const { manifest } = this.props;
    const keyed = ['secrets', 'configMaps'].flatMap((list) =>
      placesOf(manifest.list(`${envs}.${list}`), `${envs}.${list}`, (item) => item?.key === name),
    );
    const plain = placesOf(manifest.list(`${envs}.envs`), `${envs}.envs`, (item) => item?.name === name);
    const patched = containerPlaces(manifest.list(containers), containers, name);
    const raw = this.raw
      .of('deployment.yaml')
      .flatMap(({ value, origin }) =>
        containerPlaces(
          value.spec?.template?.spec?.containers,
          `${origin}, spec.template.spec.containers`,
          name,
        ),
      );
    const inOrder =
      this.props.release.name === '1.7'
        ? [...raw, ...plain, ...patched, ...keyed]
        : [...raw, ...patched, ...plain, ...keyed];
    return inOrder.at(-1) ?? this.sourcePlace(name) ?? 'the environment of the hub';
  }

  /** The ConfigMap or Secret of the app that has a variable among all its keys. */
  private sourcePlace(name: string): string | undefined {
    return (this.container?.envFrom ?? [])
      .map(({ prefix = '', configMapRef, secretRef }) => ({
        kind: configMapRef === undefined ? 'Secret' : 'ConfigMap',
        object: (configMapRef ?? secretRef)?.name ?? '',
        key: name.startsWith(prefix) ? name.slice(prefix.length) : '',
      }))
      .filter(({ kind, object, key }) => this.contents.of(kind, object)?.[key] !== undefined)
      .map(({ kind, object, key }) => `${kind} ${object}, key ${key}`)
      .at(-1);
  }

  /** What to do about a variable of Backstage that must go. */
  dropVariable(name: string): string {
    const item = this.variablePlace(name).match(/^(.*extraEnvs\.\w+)\[(\d+)\]$/);
    const containers =
      item === null ? undefined : this.props.manifest.list(item[1])[Number(item[2])]?.containers;
    return Array.isArray(containers) && containers.length > 0
      ? `take it out, or leave ${backstageContainer} out of its containers`
      : 'take it out';
  }

  /** Where a text stands, in the resource and in the ConfigMaps of the app that it refers to. */
  mentions(isIt: (text: string) => boolean): string[] {
    const { manifest } = this.props;
    const names = [configMaps, `${envs}.configMaps`, 'spec.application.extraFiles.configMaps'].flatMap(
      (path) => manifest.list(path).map((source) => String(source?.name ?? '')),
    );
    const plugins = manifest.get('spec.application.dynamicPluginsConfigMapName') as string | undefined;
    const referred = new Set([
      ...rawConfigMaps(manifest),
      ...names,
      ...(plugins === undefined ? [] : [plugins]),
    ]);
    const inConfigMaps = [...referred].flatMap((name) =>
      Object.entries(this.contents.of('ConfigMap', name) ?? {}).flatMap(([key, text]) =>
        text
          .split('\n')
          .flatMap((line, index) => (isIt(line) ? [`ConfigMap ${name}, ${key}, line ${index + 1}`] : [])),
      ),
    );
    return [...pathsOf(manifest.get('spec'), 'spec', isIt), ...inConfigMaps];
  }

  /** The key of a Secret or ConfigMap that Backstage finds at a path; none if no such is known to be there. */
  file(path: string, folder: string = workingDirectory): MountedFile | undefined {
    return mountedFile(this.props.manifest, this.container, posix.resolve(folder, path));
  }

  private get backstage(): Environment {
    return (this.environment ??= this.environmentOf(this.container ?? { name: backstageContainer }));
  }

  /** Read when it is first asked for: who asks for a variable alone needs none of it. */
  private get configuration(): ReadConfiguration {
    return (this.read ??= this.readConfiguration());
  }

  private readConfiguration(): ReadConfiguration {
    const { pluginConfigs, release } = this.props;
    const files = [...this.rawFiles(), ...this.files()];
    const results = [
      objectLayer(ofTheImage, 'the image of RHDH', workingDirectory, this.surroundings),
      ...pluginConfigs.map(({ plugin, config }) =>
        objectLayer(config, `the pluginConfig of ${plugin}`, workingDirectory, this.surroundings),
      ),
      ...files.flatMap(({ results: ofConfigMap }) => ofConfigMap),
      variablesLayer(
        this.backstage.names,
        (name) => this.variable(name),
        (name) => this.variablePlace(name),
      ),
    ];
    return {
      config: new LayeredConfig(results.flatMap(({ layer }) => layer ?? [])),
      unknownConfigMaps: [
        ...this.raw.unknownConfigMaps,
        ...files.filter(({ known }) => !known).map(({ name }) => name),
      ],
      problems: [
        ...results.flatMap(({ problems }) => problems),
        ...files.flatMap(({ name, results: ofConfigMap }) =>
          release.takesOneConfigFile ? surplus(name, ofConfigMap, release) : rivals(name, ofConfigMap),
        ),
      ],
    };
  }

  /** The operator gives them to Backstage before those that the resource names. */
  private rawFiles(): { name: string; known: boolean; results: LayerResult[] }[] {
    return this.raw.of('app-config.yaml').map(({ value, origin }) => ({
      name: `${value.metadata?.name} of ${origin}`,
      known: true,
      results: Object.entries((value.data ?? {}) as Record<string, unknown>).map(([key, text]) =>
        this.layerOf(String(text), `${origin}, ${key}`, workingDirectory),
      ),
    }));
  }

  private files(): { name: string; known: boolean; results: LayerResult[] }[] {
    const { manifest } = this.props;
    const folder = String(manifest.get('spec.application.appConfig.mountPath') ?? workingDirectory);
    return manifest.list(configMaps).map((source) => {
      const name = String(source?.name ?? '');
      const content = this.contents.of('ConfigMap', name);
      const keys = Object.keys(content ?? {}).filter(
        (key) => source?.key === undefined || source.key === key,
      );
      const at = posix.resolve(folder, String(source?.mountPath ?? ''));
      return {
        name,
        known: content !== undefined,
        results: keys.map((key) => this.layerOf(content?.[key] ?? '', `ConfigMap ${name}, ${key}`, at)),
      };
    });
  }

  private layerOf(text: string, origin: string, folder: string): LayerResult {
    return fileLayer(text, origin, folder, this.surroundings);
  }

  private get surroundings(): ConfigSurroundings {
    return {
      variable: (name) => this.variable(name),
      file: (path, folder) => {
        const file = this.file(path, folder);
        const text = file === undefined ? undefined : this.contents.of(file.kind, file.name)?.[file.key];
        const at = posix.dirname(posix.resolve(folder, path));
        return {
          folder: at,
          text:
            (file?.kind === 'ConfigMap' ? text : undefined) ??
            unknownText(file ?? { kind: 'file', name: posix.resolve(folder, path), key: '' }),
        };
      },
      parse: (text, path) =>
        path.endsWith('.json') ? (JSON.parse(text) as ConfigValue) : (parse(text) as ConfigValue),
    };
  }
}

/** The operator of RHDH 2.0 refuses a ConfigMap with several files, unless one is named. */
function surplus(name: string, { length }: readonly LayerResult[], release: RhdhRelease): string[] {
  return length < 2
    ? []
    : [
        `ConfigMap ${name} has ${length} files, and the operator of RHDH ${release.name} refuses more than one; ` +
          'write each into a ConfigMap of its own, or name one by key in spec.application.appConfig.configMaps',
      ];
}

/** The operator gives the files of one ConfigMap to Backstage in no certain order. */
function rivals(name: string, results: readonly LayerResult[]): string[] {
  const layers = results.flatMap(({ layer }) => layer ?? []);
  const database = (order: readonly ConfigLayer[]) => new LayeredConfig(order).get('backend.database');
  return layers.length < 2 || isDeepStrictEqual(database(layers), database([...layers].reverse()))
    ? []
    : [
        `ConfigMap ${name} has several files that differ in backend.database, and the operator passes them to Backstage ` +
          'in no certain order; write backend.database in one of them',
      ];
}

/** Where the containers of a pod set a variable of Backstage. */
function containerPlaces(list: unknown, path: string, variable: string): string[] {
  return (Array.isArray(list) ? list : []).flatMap((container, index) =>
    container?.name === backstageContainer && Array.isArray(container.env)
      ? placesOf(container.env, `${path}[${index}].env`, (item) => item?.name === variable)
      : [],
  );
}

function placesOf(list: readonly any[], path: string, wanted: (item: any) => boolean): string[] {
  return list.flatMap((item, index) => (wanted(item) ? [`${path}[${index}]`] : []));
}

function pathsOf(value: unknown, path: string, isIt: (text: string) => boolean): string[] {
  if (typeof value === 'string') return isIt(value) ? [path] : [];
  if (Array.isArray(value)) return value.flatMap((item, index) => pathsOf(item, `${path}[${index}]`, isIt));
  return Object.entries(value ?? {}).flatMap(([key, item]) => pathsOf(item, `${path}.${key}`, isIt));
}
