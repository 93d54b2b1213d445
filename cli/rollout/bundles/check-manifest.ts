import { jsonOf } from '../kubernetes/json';
import type { KubeObject } from '../kubernetes/object';
import { isNamespace } from '../findings/namespace';
import { printable } from './printable';
import { found, type Problem } from '../findings/problem';

/** The largest object, as JSON, that is sent: etcd's default limit of a request is 1.5 MiB. */
const maxObjectBytes = 1.5 * 1024 * 1024;

/** A name that is one segment of a URL's path, as the API server asks of every kind (Kubernetes, Object Names). */
const pathSegment = /^[^/%\s\p{Cc}]{1,253}$/u;
const apiVersionPattern = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?v[0-9]+([a-z]+[0-9]+)?$/;
const kindPattern = /^[A-Z][A-Za-z0-9]*$/;

/** What makes a document no Kubernetes object; an empty list says that it is one. */
export function checkManifest(value: unknown, where: string): Problem[] {
  if (!isRecord(value)) {
    const message = `a document that is ${typeName(value)}, not a Kubernetes object`;
    return [found('not-an-object', { where, message })];
  }
  const problems: Problem[] = [];
  const { apiVersion, kind, metadata, items } = value;
  if (typeof kind === 'string' && kind.endsWith('List') && items !== undefined && !Array.isArray(items)) {
    const message = `a ${printable(kind)} whose items are ${typeName(items)}, not a list`;
    return [found('not-an-object', { where, message })];
  }
  if (typeof kind !== 'string' || !kindPattern.test(kind)) {
    problems.push(found('no-kind', { where, message: `kind is ${shown(kind)}` }));
  }
  if (typeof apiVersion !== 'string' || !apiVersionPattern.test(apiVersion)) {
    problems.push(found('no-api-version', { where, message: `apiVersion is ${shown(apiVersion)}` }));
  }
  const name = isRecord(metadata) ? metadata.name : undefined;
  if (typeof name !== 'string' || !pathSegment.test(name) || name === '.' || name === '..') {
    problems.push(found('bad-name', { where, message: `metadata.name is ${shown(name)}` }));
  }
  const namespace = isRecord(metadata) ? metadata.namespace : undefined;
  if (namespace !== undefined && !isNamespace(namespace)) {
    problems.push(found('bad-namespace', { where, message: `metadata.namespace is ${shown(namespace)}` }));
  }
  const bytes = Buffer.byteLength(jsonOf(value));
  if (bytes > maxObjectBytes) {
    const size = (bytes / 1024 / 1024).toFixed(1);
    const message = `an object of ${size} MiB; Kubernetes stores at most 1.5 MiB`;
    problems.push(found('object-too-large', { where, message }));
  }
  return problems;
}

/**
 * The objects of a document: itself, or those of a list, of lists in it too. As kubectl does, an item without kind is of
 * the kind that its list names: `BackstageList` (apimachinery, unstructured, `decodeToList`; cli-runtime,
 * `FlattenListVisitor`).
 */
export function objectsOf(value: unknown): unknown[] {
  const objects: unknown[] = [];
  const open = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const items = itemsOf(next);
    if (items === undefined) objects.push(next);
    else for (const item of [...items].reverse()) open.push(item);
  }
  return objects;
}

function itemsOf(value: unknown): unknown[] | undefined {
  if (!isRecord(value)) return undefined;
  const { apiVersion, kind, items } = value;
  if (typeof kind !== 'string' || !kind.endsWith('List')) return undefined;
  if (items === null && apiVersion === 'v1' && kind === 'List') return [];
  if (!Array.isArray(items)) return undefined;
  const itemKind = kind.slice(0, -'List'.length);
  return items.map((item: unknown) =>
    isRecord(item) && item.kind === undefined && itemKind !== ''
      ? { ...item, kind: itemKind, apiVersion: item.apiVersion ?? apiVersion }
      : item,
  );
}

/** Says that `value` passed `checkManifest`. */
export function asKubeObject(value: unknown): KubeObject {
  return value as KubeObject;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (isRecord(value)) return 'a map';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = printable(jsonOf(value));
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
