import type { ConfigLayer } from './config-layer';
import { type ConfigObject, type ConfigValue, isConfigObject } from './substitution';

/**
 * A configuration of several layers, a later one over an earlier: maps are merged key by key, everything else is
 * replaced, and `null` takes away what the layers below say (@backstage/config, ConfigReader).
 */
export class LayeredConfig {
  private readonly merged: ConfigObject;

  /** @param layers from the one that counts least to the one that counts most */
  constructor(private readonly layers: readonly ConfigLayer[]) {
    this.merged = layers.reduce<ConfigObject>(
      (below, { data }) => (overlaid(data, below) ?? {}) as ConfigObject,
      {},
    );
  }

  /** The value at a path of keys, such as `backend.database.prefix`. */
  get(path: string): ConfigValue | undefined {
    return keysOf(path).reduce<ConfigValue | undefined>(
      (value, key) => (isConfigObject(value) ? value[key] : undefined),
      this.merged,
    );
  }

  /** The keys of the map at a path; none if there is no map. */
  keys(path: string): string[] {
    const value = this.get(path);
    return isConfigObject(value) ? Object.keys(value) : [];
  }

  /** Where the value at a path stands: in the uppermost layer that says something of it. */
  place(path: string): string {
    const keys = keysOf(path);
    const layer = [...this.layers].reverse().find(({ data }) => says(data, keys));
    return layer?.place(keys) ?? 'the configuration';
  }
}

/** Whether something stands at the path, or instead of a map on the way to it. */
function says(data: ConfigObject, keys: readonly string[]): boolean {
  let value: ConfigValue | undefined = data;
  for (const key of keys) {
    if (!isConfigObject(value)) return value !== undefined;
    value = value[key];
  }
  return value !== undefined;
}

function overlaid(upper: ConfigValue | undefined, lower: ConfigValue | undefined): ConfigValue | undefined {
  if (upper === null) return undefined;
  if (upper === undefined) return lower === undefined ? undefined : overlaid(lower, undefined);
  if (!isConfigObject(upper)) return upper;
  const below = isConfigObject(lower) ? lower : {};
  const keys = [...new Set([...Object.keys(upper), ...Object.keys(below)])];
  const entries = keys.map((key) => [key, overlaid(upper[key], below[key])]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as ConfigObject;
}

function keysOf(path: string): string[] {
  return path.split('.');
}
