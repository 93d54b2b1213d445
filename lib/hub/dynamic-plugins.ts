import { isMistaken } from '../api/mistakes';
import { byFactory, demand, made, standInFor } from '../api/arguments';
import { isDeepStrictEqual } from 'node:util';
import { type Document, isMap, isSeq, type YAMLMap, type YAMLSeq } from 'yaml';
import {
  type DynamicPlugin,
  isEnabled,
  isOrchestratorPackage,
  orchestratorRole,
  samePlugin,
} from './dynamic-plugin';
import type { RhdhRelease } from '../operators/release';
import {
  createDocument,
  type Manifest,
  parseYaml,
  readManifest,
  readText,
  writeDocument,
} from '../manifest/yaml-file';
import { pluginsFile } from '../operators/rhdh';

/** Properties of {@link DynamicPlugins}. */
export interface DynamicPluginsProps {
  /**
   * Name of the ConfigMap.
   * @default 'dynamic-plugins-rhdh'
   */
  readonly configMapName?: string;

  /**
   * Files with plugins to begin with.
   * @default - `dynamic-plugins.default.yaml`, which the image ships
   */
  readonly includes?: string[];

  /**
   * Plugins, in order.
   * @default - only those of the included files
   */
  readonly plugins?: DynamicPlugin[];
}

/** The list of a hub's dynamic plugins: `dynamic-plugins.yaml` in a ConfigMap. */
export class DynamicPlugins {
  /** From typed values. */
  static of(props: DynamicPluginsProps = {}): DynamicPlugins {
    return made(
      'DynamicPlugins.of',
      { props },
      () => DynamicPlugins.ofProps(props),
      () => DynamicPlugins.ofProps({}),
    );
  }

  private static ofProps(props: DynamicPluginsProps): DynamicPlugins {
    const includes = props.includes ?? ['dynamic-plugins.default.yaml'];
    const document = createDocument({ includes, plugins: (props.plugins ?? []).map(entry) });
    const manifest = { metadata: { name: props.configMapName ?? defaultName } };
    return new DynamicPlugins(byFactory, manifest, document, 'plugins', []);
  }

  /**
   * From an existing ConfigMap in a YAML file. Everything in it survives: other keys, labels, comments, order.
   * @param path path of the file
   */
  static fromConfigMapFile(path: string): DynamicPlugins {
    const make = () => {
      const { value, problems } = readManifest(path, 'ConfigMap');
      return problems.length > 0
        ? DynamicPlugins.parsed(value, '', path, problems)
        : DynamicPlugins._fromConfigMap(value, path);
    };
    return made('DynamicPlugins.fromConfigMapFile', { path }, make, () => DynamicPlugins.of());
  }

  /**
   * From an existing ConfigMap.
   * @internal
   */
  static _fromConfigMap(value: Manifest, path: string): DynamicPlugins {
    const text = value.data?.[pluginsFile];
    return typeof text === 'string'
      ? DynamicPlugins.parsed(value, text, path, [])
      : DynamicPlugins.parsed(value, '', path, [
          `${path}: the ConfigMap has no key ${pluginsFile}; write the list under data.${pluginsFile}`,
        ]);
  }

  /**
   * From an existing `dynamic-plugins.yaml`.
   * @param path path of the file
   * @param configMapName name of the ConfigMap that is to hold it, by default `dynamic-plugins-rhdh`
   */
  static fromFile(path: string, configMapName: string = defaultName): DynamicPlugins {
    const make = () => {
      const { value, problems } = readText(path);
      return DynamicPlugins.parsed({ metadata: { name: configMapName } }, value, path, problems);
    };
    return made('DynamicPlugins.fromFile', { path, configMapName }, make, () => DynamicPlugins.of());
  }

  private static parsed(
    manifest: Manifest,
    text: string,
    origin: string,
    problems: readonly string[],
  ): DynamicPlugins {
    const document = parseYaml(text, origin);
    return new DynamicPlugins(
      byFactory,
      manifest,
      document.value,
      origin,
      [...problems, ...document.problems],
      text,
    );
  }

  /** Name of the ConfigMap. */
  readonly configMapName: string = defaultName;

  /**
   * What is wrong with the list.
   * @internal
   */
  readonly _problems: readonly string[] = [];

  private readonly content: unknown;

  private constructor(
    key: symbol,
    private readonly manifest: Manifest,
    private readonly document: Document,
    private readonly origin: string,
    problems: readonly string[],
    private readonly textAsRead?: string,
  ) {
    if (key !== byFactory) return standInFor('DynamicPlugins', DynamicPlugins.of());
    this.content = document.toJS();
    this.configMapName = manifest.metadata?.name ?? defaultName;
    this._problems = problems.length > 0 ? problems : this.entryProblems();
  }

  /** References of all packages, in order. */
  get packages(): string[] {
    return this.entries.map((item) => String(item.get('package')));
  }

  /**
   * References of the packages that the list switches on, in order.
   * @param release RHDH 2.0 reads `enabled`, which earlier releases do not know
   */
  enabledPackages(release: RhdhRelease): string[] {
    demand('DynamicPlugins.enabledPackages', { release });
    return this.entries
      .filter((item) => isEnabled(release, item.toJSON()))
      .map((item) => String(item.get('package')));
  }

  /**
   * The entry of one of the orchestrator's plugins, if the list has it.
   * @internal
   */
  _orchestratorEntry(reference: string): Manifest | undefined {
    return this.entries
      .map((item) => item.toJSON() as Manifest)
      .find((item) => orchestratorRole(String(item.package)) === orchestratorRole(reference));
  }

  /**
   * Plugins that stand in the list more than once, in whichever versions: the packages of each.
   * @internal
   */
  get _repeated(): string[][] {
    const { packages } = this;
    return packages
      .map((reference, index) => packages.slice(index).filter((other) => samePlugin(reference, other)))
      .filter(
        (same, index) =>
          same.length > 1 && !packages.slice(0, index).some((other) => samePlugin(other, same[0])),
      );
  }

  /** The list without the orchestrator's plugins, of whichever release. */
  withoutOrchestrator(): DynamicPlugins {
    if (!this.packages.some(isOrchestratorPackage)) return this;
    return this.edited((plugins) => {
      if (isOrchestratorPackage(packageOf(plugins.items[0]))) {
        plugins.commentBefore = withoutLastParagraph(plugins.commentBefore);
      }
      plugins.items = plugins.items.filter((item) => !isOrchestratorPackage(packageOf(item)));
    });
  }

  /**
   * The list with `plugins`. One that the list has already, in whichever version, is completed in its place and
   * keeps what else its entry says (of the orchestrator's, all but the package); the others are inserted.
   * @param plugins plugins to add
   * @param after package after which they are inserted; by default they are appended
   */
  withPlugins(plugins: DynamicPlugin[], after?: string): DynamicPlugins {
    return made(
      'DynamicPlugins.withPlugins',
      { plugins, after },
      () => this.withKnownPlugins(plugins, after),
      () => DynamicPlugins.of(),
    );
  }

  private withKnownPlugins(plugins: DynamicPlugin[], after?: string): DynamicPlugins {
    return this.edited((list, document) => {
      const position = after === undefined ? -1 : list.items.findIndex((item) => packageOf(item) === after);
      let next = position < 0 ? list.items.length : position + 1;
      for (const plugin of plugins) {
        const present = list.items.find((item) => samePlugin(packageOf(item), plugin.package));
        if (isMap(present)) {
          if (isOrchestratorPackage(plugin.package)) present.set('package', plugin.package);
          complete(document, present, entry(plugin), []);
        } else {
          list.items.splice(next, 0, document.createNode(entry(plugin)));
          next += 1;
        }
      }
    });
  }

  /**
   * The ConfigMap: as it was read, with the list under `dynamic-plugins.yaml`.
   * @internal
   */
  _configMap(): Manifest {
    const { metadata, data, ...rest } = this.manifest;
    return {
      ...rest,
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { ...metadata, name: this.configMapName },
      data: { ...data, [pluginsFile]: this.textAsRead ?? writeDocument(this.document) },
    };
  }

  /**
   * What each plugin that is not disabled adds to the configuration of Backstage.
   * @internal
   */
  get _pluginConfigs(): { readonly plugin: string; readonly config: Manifest }[] {
    return this.entries
      .map((item) => item.toJS(this.document) as Manifest)
      .filter(
        ({ disabled, pluginConfig }) =>
          disabled !== true && typeof pluginConfig === 'object' && pluginConfig !== null,
      )
      .map((item) => ({ plugin: String(item.package), config: item.pluginConfig as Manifest }));
  }

  private get entries(): YAMLMap[] {
    const plugins = this.document.get('plugins');
    return isSeq(plugins) ? plugins.items.filter((item): item is YAMLMap => isMap(item)) : [];
  }

  private edited(edit: (plugins: YAMLSeq, document: Document) => void): DynamicPlugins {
    if (this._problems.length > 0 || isMistaken(this)) return this;
    const copy = this.document.clone() as Document;
    if (!isSeq(copy.get('plugins'))) copy.set('plugins', copy.createNode([]));
    edit(copy.get('plugins') as YAMLSeq, copy);
    const list = new DynamicPlugins(byFactory, this.manifest, copy, this.origin, this._problems);
    return isDeepStrictEqual(list.content, this.content) ? this : list;
  }

  private entryProblems(): string[] {
    const { content } = this;
    if (typeof content !== 'object' || content === null || Array.isArray(content)) {
      return [`${this.origin}: is not a list of dynamic plugins; write 'includes:' and 'plugins:'`];
    }
    const plugins = (content as { plugins?: unknown }).plugins ?? [];
    if (!Array.isArray(plugins)) {
      return [`${this.origin}: plugins is not a list; write '- package: …' for each plugin`];
    }
    const nameless = plugins.flatMap((item, index) =>
      typeof item?.package === 'string' && item.package !== ''
        ? []
        : [`${this.origin}: plugins[${index}] has no package; write '- package: …'`],
    );
    const packages = plugins.map((item) => item?.package as string);
    const repeated = [...new Set(packages.filter((name, index) => name && packages.indexOf(name) !== index))];
    return [
      ...nameless,
      ...repeated.map(
        (name) => `${this.origin}: package ${name} stands in the list twice; merge the two entries`,
      ),
    ];
  }
}

const defaultName = 'dynamic-plugins-rhdh';

function packageOf(item: unknown): string {
  return isMap(item) ? String(item.get('package')) : '';
}

/**
 * The comments above a list without those of its first element: the parser keeps them together, and only the ones
 * without an empty line below belong to the element.
 */
function withoutLastParagraph(comment: string | null | undefined): string | undefined {
  if (comment?.endsWith('\n')) return comment;
  const others = (comment ?? '').split('\n\n').slice(0, -1);
  return others.length > 0 ? `${others.join('\n\n')}\n` : undefined;
}

function entry(plugin: DynamicPlugin): Manifest {
  const { package: reference, disabled, ...rest } = plugin;
  const state = disabled === undefined && plugin.enabled !== undefined ? {} : { disabled: disabled ?? false };
  return JSON.parse(JSON.stringify({ package: reference, ...state, ...rest }));
}

/** Writes each scalar and list of `value` into the map at `path`; what the map has beside stays. */
function complete(document: Document, map: YAMLMap, value: Manifest, path: string[]): void {
  for (const [key, wanted] of Object.entries(value)) {
    if (path.length === 0 && key === 'package') continue;
    const at = [...path, key];
    if (typeof wanted === 'object' && wanted !== null && !Array.isArray(wanted) && isMap(map.getIn(at))) {
      complete(document, map, wanted, at);
    } else {
      map.setIn(at, document.createNode(wanted));
    }
  }
}
