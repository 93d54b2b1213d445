/** Something that the operator creates for a plugin. */
export interface PluginDependency {
  /**
   * Name of the dependency, e.g. `sonataflow`.
   * @default - none: an entry without `ref` overrides what the operator would create
   */
  readonly ref?: string;
}

/** An entry of `dynamic-plugins.yaml`. */
export interface DynamicPlugin {
  /** Where the plugin is: a folder of the image (`./dynamic-plugins/dist/…`), an npm package, or `oci://…`. */
  readonly package: string;

  /**
   * Whether the plugin is left out.
   * @default false
   */
  readonly disabled?: boolean;

  /**
   * Configuration that the plugin adds to the app-config.
   * @default - the one that the package or the included file has
   */
  readonly pluginConfig?: { [key: string]: any };

  /**
   * Checksum of an npm package, as in a lock file (`sha512-…`).
   * @default - not checked
   */
  readonly integrity?: string;

  /**
   * What the operator creates for the plugin; `[{}]` for nothing.
   * @default - what the operator has for the plugin
   */
  readonly dependencies?: PluginDependency[];
}

/** A package's name without its version, tag, checksum or path in an image. */
export function packageName(reference: string): string {
  const bare = reference.split('!')[0].split('@sha256:')[0];
  if (bare.startsWith('oci://')) {
    const slash = bare.lastIndexOf('/');
    return bare.slice(0, slash) + bare.slice(slash).split(':')[0];
  }
  const at = bare.lastIndexOf('@');
  return at > 0 ? bare.slice(0, at) : bare;
}

/**
 * Whether two references mean one plugin, whatever their versions. An image can hold several plugins, which the
 * path behind `!` tells apart.
 */
export function samePlugin(one: string, other: string): boolean {
  const [path, otherPath] = [one.split('!')[1], other.split('!')[1]];
  const samePath = path === undefined || otherPath === undefined || path === otherPath;
  return packageName(one) === packageName(other) && samePath;
}

/** Whether a package is one of the orchestrator's plugins, of whichever release. */
export function isOrchestratorPackage(reference: string): boolean {
  const name = packageName(reference).split('/').pop() ?? '';
  return /backstage-plugin-(scaffolder-backend-module-)?orchestrator(-backend|-form-widgets)?(-dynamic)?$/.test(
    name,
  );
}
