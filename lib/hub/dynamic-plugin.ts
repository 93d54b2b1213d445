import type { OrchestratorPackages, RhdhRelease } from '../operators/release';

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
   * Whether the plugin is wanted; wins over `disabled`. Since RHDH 2.0, whose own lists have it.
   * @default - what `disabled` says
   */
  readonly enabled?: boolean;

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

/**
 * A package's name without its version, tag, digest or path in an image, as the installer keys its list
 * (rhdh, install-dynamic-plugins.py, since 1.9): folders and tarballs as they are, of Git without what is behind `#`.
 */
export function packageName(reference: string): string {
  if (reference.startsWith('oci://')) return imageName(reference);
  if (/^\.{1,2}\/|\.tgz$/.test(reference)) return reference;
  if (git.test(reference)) return reference.split('#')[0];
  const [, alias = '', versioned] = /^([^@]+@npm:)?(.*)$/s.exec(reference.split('!')[0]) as string[];
  const at = versioned.lastIndexOf('@');
  return alias + (at > 0 ? versioned.slice(0, at) : versioned);
}

/** A repository of Git, as npm spells it: by its address, or as `user/name` of GitHub. */
const git =
  /^(git\+(https?|ssh):\/\/|git:\/\/|https:\/\/github\.com\/|git@github\.com:|(github:)?[^/@:]+\/[^/@:#]+(#|$))/;

function imageName(reference: string): string {
  const bare = reference.split('!')[0].replace(/@[a-z0-9]+([.+_-][a-z0-9]+)*:[0-9a-fA-F]+$/, '');
  const slash = bare.lastIndexOf('/');
  return bare.slice(0, slash) + bare.slice(slash).split(':')[0];
}

/**
 * Whether two references mean one plugin: the orchestrator's wherever they come from, of all others those of one
 * registry, whatever their versions. An image can hold several plugins, which the path behind `!` tells apart.
 */
export function samePlugin(one: string, other: string): boolean {
  const role = orchestratorRole(one);
  if (role !== undefined) return role === orchestratorRole(other);
  const [path, otherPath] = [one.split('!')[1], other.split('!')[1]];
  const samePath = path === undefined || otherPath === undefined || path === otherPath;
  return packageName(one) === packageName(other) && samePath;
}

/** Which of the orchestrator's four plugins a package is, of whichever release, registry or mirror; none for others. */
export function orchestratorRole(reference: string): keyof OrchestratorPackages | undefined {
  return roleOf(reference.split('!')[1]) ?? roleOf(packageName(reference));
}

function roleOf(path: string = ''): keyof OrchestratorPackages | undefined {
  const parts = name.exec(path.split('/').pop() as string);
  return parts === null ? undefined : roles[`${parts[1] ?? ''}${parts[2] ?? ''}`];
}

const name =
  /^(?:red-hat-developer-hub-)?backstage-plugin-(scaffolder-backend-module-)?orchestrator(-backend|-form-widgets)?(?:-dynamic)?$/;

const roles: Readonly<Record<string, keyof OrchestratorPackages>> = {
  '': 'frontend',
  '-backend': 'backend',
  'scaffolder-backend-module-': 'scaffolderModule',
  '-form-widgets': 'formWidgets',
};

/** Whether a package is one of the orchestrator's plugins, of whichever release. */
export function isOrchestratorPackage(reference: string): boolean {
  return orchestratorRole(reference) !== undefined;
}

/**
 * Whether the installer of a release takes a plugin: an entry of the list over the one that it includes, key by key.
 * Up to 1.10 it knows `disabled` alone; in 2.0 `enabled` wins where both are there.
 */
export function isEnabled(release: RhdhRelease, listed: EntryState, included: EntryState = {}): boolean {
  const { enabled, disabled } = { ...included, ...listed };
  return release.readsEnabled && enabled !== undefined ? enabled === true : disabled !== true;
}

/** What an entry of a list says of whether it is wanted. */
export interface EntryState {
  readonly enabled?: unknown;
  readonly disabled?: unknown;
}
