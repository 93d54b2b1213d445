import { isKnown } from './known-text';

/** A value of a configuration file. */
export type ConfigValue =
  string | number | boolean | null | readonly ConfigValue[] | { readonly [key: string]: ConfigValue };

/** An object of a configuration file. */
export type ConfigObject = { readonly [key: string]: ConfigValue };

/** What a configuration file may refer to. */
export interface ConfigSurroundings {
  /** Value of a variable; nothing where it is not set. */
  variable(name: string): string | undefined;
  /** What stands in the file at a path, from the folder of the configuration file; nothing where there is none. */
  file(path: string, folder: string): { readonly text: string; readonly folder: string } | undefined;
  /** Reads a file that is included, and says where its value is. */
  parse(text: string, path: string): ConfigValue;
}

const includes = ['$file', '$env', '$include'];

/**
 * A value with everything that it refers to in place, in Backstage's own language (config-loader: `${NAME}`,
 * `${NAME:-default}`, `$${…}`, `$env`, `$file`, `$include`); nothing where a variable is not set.
 * @throws Error that says what cannot be resolved
 */
export function resolveConfig(
  value: ConfigValue,
  folder: string,
  surroundings: ConfigSurroundings,
): ConfigValue | undefined {
  if (typeof value === 'string') return substitute(value, surroundings);
  if (Array.isArray(value)) {
    return value
      .map((item: ConfigValue) => resolveConfig(item, folder, surroundings))
      .filter((item): item is ConfigValue => item !== undefined);
  }
  if (!isConfigObject(value)) return value;
  const key = Object.keys(value).find((candidate) => includes.includes(candidate));
  if (key !== undefined) {
    if (Object.keys(value).length > 1) {
      throw new Error(`${key} stands beside other keys; give it a map of its own`);
    }
    return include(key, value[key], folder, surroundings);
  }
  const entries = Object.entries(value).map(([name, item]) => [
    name,
    resolveConfig(item, folder, surroundings),
  ]);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined)) as ConfigObject;
}

/** Whether a value is a map. */
export function isConfigObject(value: ConfigValue | undefined): value is ConfigObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function substitute(text: string, { variable }: ConfigSurroundings): string | undefined {
  const parts = text.split(/(\$?\$\{[^{}]*\})/).map((part, index) => {
    if (index % 2 === 0) return part;
    if (part.startsWith('$$')) return part.slice(1);
    const [name, ...fallback] = part.slice(2, -1).split(':-');
    const value = variable(name.trim())?.trim();
    return fallback.length === 0 ? value : value || fallback.join(':-').trim() || undefined;
  });
  return parts.includes(undefined) ? undefined : parts.join('');
}

function include(
  key: string,
  argument: ConfigValue,
  folder: string,
  surroundings: ConfigSurroundings,
): ConfigValue | undefined {
  const text = typeof argument === 'string' ? substitute(argument, surroundings) : undefined;
  if (text === undefined) throw new Error(`${key} needs a text, and a variable in it must be set`);
  if (key === '$env') return surroundings.variable(text)?.trim();
  const [path, inside] = key === '$file' ? [text, undefined] : split(text, '#');
  const found = surroundings.file(path, folder);
  if (found === undefined) throw new Error(`${key} names ${path}, and nothing is mounted there`);
  if (key === '$file') return found.text.trimEnd();
  return included(found, path, inside, surroundings);
}

function included(
  found: { readonly text: string; readonly folder: string },
  path: string,
  inside: string | undefined,
  surroundings: ConfigSurroundings,
): ConfigValue | undefined {
  if (!/\.(json|ya?ml)$/.test(path)) {
    throw new Error(`$include names ${path}, which is neither .json nor .yaml nor .yml`);
  }
  if (!isKnown(found.text)) return found.text;
  let value: ConfigValue | undefined = surroundings.parse(found.text, path);
  for (const part of inside ? inside.split('.') : []) {
    if (!isConfigObject(value)) {
      throw new Error(`$include looks for ${inside} in ${path}, which has no ${part}`);
    }
    value = value[part];
  }
  if (typeof value === 'string') return substitute(value, surroundings);
  if (value === undefined || value === null) return value;
  // The included value is taken as it is; what it holds is resolved from its own folder.
  if (Array.isArray(value)) return resolveConfig(value, found.folder, surroundings);
  return isConfigObject(value)
    ? (Object.fromEntries(
        Object.entries(value)
          .map(([name, item]) => [name, resolveConfig(item, found.folder, surroundings)])
          .filter(([, item]) => item !== undefined),
      ) as ConfigObject)
    : value;
}

function split(text: string, separator: string): [string, string | undefined] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + separator.length)];
}
