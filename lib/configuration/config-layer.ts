import { isNode, LineCounter, parseDocument } from 'yaml';
import {
  type ConfigObject,
  type ConfigSurroundings,
  type ConfigValue,
  isConfigObject,
  resolveConfig,
} from './substitution';

/** One source of a configuration: a file, or the variables of the environment. */
export interface ConfigLayer {
  readonly data: ConfigObject;
  /** Where the value at a path of keys stands, for a person. */
  place(path: readonly string[]): string;
}

/** A layer, or why Backstage does not start with it. */
export interface LayerResult {
  readonly layer?: ConfigLayer;
  readonly problems: readonly string[];
}

/** A configuration file, read as Backstage reads it: YAML 1.2, then everything that it refers to. */
export function fileLayer(
  text: string,
  origin: string,
  folder: string,
  surroundings: ConfigSurroundings,
): LayerResult {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined) {
    return { problems: [`${origin}: ${error.message.split('\n', 1)[0].replace(/:$/, '')}`] };
  }
  const place = (path: readonly string[]): string => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return `${origin}, line ${lines.linePos(node.range[0]).line}`;
    }
    return origin;
  };
  return resolvedLayer(() => document.toJS() as ConfigValue, origin, place, folder, surroundings);
}

/** A configuration that stands in no file of its own. */
export function objectLayer(
  data: ConfigObject,
  origin: string,
  folder: string,
  surroundings: ConfigSurroundings,
): LayerResult {
  return resolvedLayer(
    () => data,
    origin,
    () => origin,
    folder,
    surroundings,
  );
}

function resolvedLayer(
  read: () => ConfigValue,
  origin: string,
  place: ConfigLayer['place'],
  folder: string,
  surroundings: ConfigSurroundings,
): LayerResult {
  try {
    const data = read();
    if (data === null) return { problems: [] };
    const resolved = resolveConfig(data, folder, surroundings);
    return isConfigObject(resolved)
      ? { layer: { data: resolved, place }, problems: [] }
      : { problems: [`${origin}: is not a map; write 'key: value' lines`] };
  } catch (problem) {
    return { problems: [`${origin}: ${(problem as Error).message.split('\n', 1)[0]}`] };
  }
}

const prefix = 'APP_CONFIG_';

/** What a part of a key must be (config-loader, EnvConfigSource). */
const part = /^[a-z][a-z0-9]*(?:[-_:][a-z0-9]+)*$/i;

/**
 * The layer of `APP_CONFIG_a_b_c` variables, which wins over every file. A value is JSON where it can be.
 * @param place says where a variable is set
 */
export function variablesLayer(
  names: readonly string[],
  value: (name: string) => string | undefined,
  place: (name: string) => string,
): LayerResult {
  const data: Record<string, any> = {};
  const problems: string[] = [];
  for (const name of names.filter((candidate) => candidate.startsWith(prefix))) {
    const text = value(name);
    const problem = text ? insert(data, name.slice(prefix.length).split('_'), parsed(text)) : undefined;
    if (problem !== undefined) problems.push(`${place(name)}: ${name} ${problem}`);
  }
  return {
    layer: { data, place: (path) => `${place(prefix + path.join('_'))} (${prefix}${path.join('_')})` },
    problems,
  };
}

function insert(data: Record<string, any>, keys: readonly string[], value: ConfigValue): string | undefined {
  if (!keys.every((key) => part.test(key))) {
    return `cannot name a key of the configuration; write ${prefix} and the keys with '_' between`;
  }
  if (value === null) return 'is null, with which Backstage does not start; leave it out';
  let map = data;
  for (const key of keys.slice(0, -1)) {
    map[key] ??= {};
    map = map[key];
    if (typeof map !== 'object' || Array.isArray(map)) {
      return 'sets a key below one that another such variable sets whole; keep one of them';
    }
  }
  const last = keys[keys.length - 1];
  if (last in map) return 'sets what another such variable sets; keep one of them';
  map[last] = value;
  return undefined;
}

function parsed(text: string): ConfigValue {
  try {
    return JSON.parse(text) as ConfigValue;
  } catch {
    return text;
  }
}
