import { Construct, type IConstruct } from 'constructs';
import { isUnsound } from '../rules/unsound';
import { apiTypes } from './api-types';
import { formatProblems } from './formats';
import { nearestName } from './nearest';
import type { Fields } from './type-table';

/** What is wrong with something that a caller gave, by what the API says of it. */
export interface Mistake {
  readonly kind: 'missing' | 'type' | 'unknown' | 'value' | 'taken';
  readonly message: string;
}

/** What was found in a value. */
export interface Finding {
  readonly mistakes: readonly Mistake[];
  /** Constructs in it whose own mistakes are in the report already. */
  readonly unsound: readonly IConstruct[];
}

const nothing: Finding = { mistakes: [], unsound: [] };

const mistaken = new WeakMap<object, readonly Mistake[]>();

/** Lets a value carry what was wrong with the arguments that it was made of, to the construct that gets it. */
export function carryMistakes<T extends object>(value: T, mistakes: readonly Mistake[]): T {
  if (mistakes.length > 0) mistaken.set(value, mistakes);
  return value;
}

/** Whether a value was made of wrong arguments. */
export function isMistaken(value: object): boolean {
  return mistaken.has(value);
}

/** What is wrong with a value that should have a type; `path` is where it was given. */
export function find(type: string, value: unknown, path: string): Finding {
  if (value === undefined) return one('missing', `${path} is missing; write ${wanted(type)}`);
  const [, inner, kind] = /^(.*?)(\[\]|\{\})?$/.exec(type) as unknown as [string, string, string | undefined];
  if (kind === '[]') return Array.isArray(value) ? inList(inner, value, path) : wrong(type, value, path);
  if (kind === '{}') return isPlain(value) ? inMap(inner, value, path) : wrong(type, value, path);
  if (type === 'any') return inJson(value, path, []);
  if (type in apiTypes.structs) {
    return isStruct(type, value)
      ? joined([...findInFields(apiTypes.structs[type], value, `${path}.`, type).values()])
      : wrong(type, value, path);
  }
  const carried = isObject(value) ? mistaken.get(value) : undefined;
  if (carried !== undefined) {
    return joined(carried.map(({ kind: carriedKind, message }) => one(carriedKind, `${path}: ${message}`)));
  }
  if (!isOfType(type, value)) return wrong(type, value, path);
  return { mistakes: [], unsound: Construct.isConstruct(value) && isUnsound(value) ? [value] : [] };
}

/** What is wrong with the fields of an object, by their names; those that do not exist are at `''`. */
export function findInFields(
  fields: Fields,
  given: object,
  prefix: string,
  owner: string,
): ReadonlyMap<string, Finding> {
  const names = Object.keys(fields).map(nameOf);
  const unknown = Object.keys(given)
    .filter((name) => !names.includes(name) && valueOf(given, name) !== undefined)
    .map((name) => one('unknown', unknownMessage(`${prefix}${name}`, name, names, owner)));
  const known = Object.entries(fields).map(([field, type]): [string, Finding] => {
    const [name, value] = [nameOf(field), valueOf(given, nameOf(field))];
    if (field.endsWith('?') && value === undefined) return [name, nothing];
    const found = find(type, value, `${prefix}${name}`);
    if (found.mistakes.length > 0) return [name, found];
    const problems = formatProblems(owner, name, type, value, `${prefix}${name}`);
    return [name, joined([found, ...problems.map((problem) => one('value', problem))])];
  });
  return new Map([['', joined(unknown)], ...known]);
}

/** Name of a field, of which a `?` says that it is optional. */
export function nameOf(field: string): string {
  return field.replace('?', '');
}

export function valueOf(object: object, name: string): unknown {
  return (object as Readonly<Record<string, unknown>>)[name];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is meant as a struct: an instance of a class may be, if it has one of the fields. */
export function isStruct(type: string, value: unknown): value is object {
  const fields = Object.keys(apiTypes.structs[type]);
  return isObject(value) && (isPlain(value) || fields.some((field) => nameOf(field) in value));
}

function inList(type: string, list: readonly unknown[], path: string): Finding {
  // A hole of a list is one of its elements, too, which map would pass over.
  return joined(Array.from(list, (item, index) => find(type, item, `${path}[${index}]`)));
}

function inMap(type: string, map: object, path: string): Finding {
  return joined(Object.entries(map).map(([key, value]) => find(type, value, `${path}.${key}`)));
}

/** Whatever JSON can say. */
function inJson(value: unknown, path: string, around: readonly unknown[]): Finding {
  if (around.includes(value)) {
    return one('type', `${path} is inside itself; write it out, without the repetition`);
  }
  const within = [...around, value];
  if (Array.isArray(value)) {
    return joined(value.map((item, index) => inJson(item, `${path}[${index}]`, within)));
  }
  if (isPlain(value)) {
    return joined(Object.entries(value).map(([key, item]) => inJson(item, `${path}.${key}`, within)));
  }
  const isJson =
    value === undefined ||
    value === null ||
    ['string', 'boolean'].includes(typeof value) ||
    Number.isFinite(value) ||
    isObject(value);
  return isJson ? nothing : wrong('any', value, path);
}

function isOfType(type: string, value: unknown): boolean {
  if (type === 'string' || type === 'boolean') return typeof value === type;
  if (type === 'number') return Number.isFinite(value);
  if (type === 'date') return value instanceof Date;
  if (type in apiTypes.enums) return Object.values(apiTypes.enums[type]).includes(value as string);
  const { isClass, members } = apiTypes.classes[type];
  if (!isObject(value) || (isClass && isPlain(value))) return false;
  return members.every((member) => holds(value, member));
}

/** An instance that JavaScript let its caller make of nothing may have a member with nothing in it. */
function holds(value: object, member: string): boolean {
  try {
    return valueOf(value, member) !== undefined;
  } catch {
    return false;
  }
}

function isPlain(value: unknown): value is object {
  if (!isObject(value)) return false;
  const prototype = Object.getPrototypeOf(value) as unknown;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function wrong(type: string, value: unknown, path: string): Finding {
  return one('type', `${path} is ${described(type, value)}; write ${wanted(type)}`);
}

/** A text in the place of a login may be the password itself, and so may what stands in the place of a text. */
function described(type: string, value: unknown): string {
  const mayBeShown = type !== 'string' && type !== 'any' && !/^Credentials|Secret/.test(type);
  if (typeof value === 'string') return mayBeShown && value.length <= 40 ? `'${value}', a text` : 'a text';
  if (typeof value === 'number') {
    return !Number.isFinite(value) ? String(value) : mayBeShown ? `${value}, a number` : 'a number';
  }
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return 'a list';
  if (value === null || typeof value !== 'object') return value === null ? 'null' : `a ${typeof value}`;
  const { name } = (value as { constructor?: { name?: string } }).constructor ?? {};
  return isPlain(value) || !name ? 'an object' : `a ${name}`;
}

/** What should be written for a type. */
export function wanted(type: string): string {
  const inner = type.slice(0, -2);
  if (type.endsWith('[]')) return `a list of ${wantedOfEach(inner)}`;
  if (type.endsWith('{}')) return inner === 'any' ? 'an object' : `an object of ${wantedOfEach(inner)}`;
  const simple = simpleTypes[type];
  if (simple !== undefined) return simple.one;
  if (type in apiTypes.structs) return exampleOf(apiTypes.structs[type]);
  const ways =
    type in apiTypes.enums
      ? Object.keys(apiTypes.enums[type]).map((member) => `${type}.${member}`)
      : apiTypes.classes[type].ways;
  return ways.length > 1 ? `${ways.slice(0, -1).join(', ')} or ${ways.at(-1)}` : ways[0];
}

const simpleTypes: Readonly<Record<string, { readonly one: string; readonly each: string }>> = {
  string: { one: 'a text', each: 'texts' },
  number: { one: 'a number', each: 'numbers' },
  boolean: { one: 'true or false', each: 'true or false' },
  date: { one: 'new Date(…)', each: 'dates' },
  any: { one: 'what YAML can hold', each: 'what YAML can hold' },
};

function wantedOfEach(type: string): string {
  return simpleTypes[type]?.each ?? wanted(type);
}

function exampleOf(fields: Fields): string {
  const names = Object.keys(fields);
  const required = names.filter((name) => !name.endsWith('?'));
  const shown = (required.length > 0 ? required : names.slice(0, 3)).map((name) => `${nameOf(name)}: …`);
  return `{ ${shown.join(', ')} }`;
}

function unknownMessage(path: string, name: string, names: readonly string[], owner: string): string {
  const nearest = nearestName(name, names);
  return (
    `${path} is no property of ${owner}; ` +
    (nearest === undefined ? `leave it out, or write one of ${names.join(', ')}` : `did you mean ${nearest}?`)
  );
}

function one(kind: Mistake['kind'], message: string): Finding {
  return { mistakes: [{ kind, message }], unsound: [] };
}

/** All that was found. */
export function joined(findings: readonly Finding[]): Finding {
  return {
    mistakes: findings.flatMap(({ mistakes }) => mistakes),
    unsound: findings.flatMap(({ unsound }) => unsound),
  };
}
