import type { KubeObject } from './manifest';
import { isNamespace, namespaceAdvice } from './namespace';
import { printable } from './printable';
import type { Problem } from './problem';

/** The largest object, as JSON, that is sent: etcd's default limit of a request is 1.5 MiB. */
const maxObjectBytes = 1.5 * 1024 * 1024;

/** A name that is one segment of a URL's path, as the API server asks of every kind (Kubernetes, Object Names). */
const pathSegment = /^[^/%\s\p{Cc}]{1,253}$/u;
const apiVersionPattern = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?v[0-9]+([a-z]+[0-9]+)?$/;
const kindPattern = /^[A-Z][A-Za-z0-9]*$/;

/** What makes a document no Kubernetes object; an empty list says that it is one. */
export function checkManifest(value: unknown, where: string): Problem[] {
  const problem = (rule: string, message: string, advice?: string): Problem => ({
    severity: 'error',
    rule,
    where,
    message,
    advice,
  });
  if (!isRecord(value)) {
    return [problem('not-an-object', `a document that is ${typeName(value)}, not a Kubernetes object`)];
  }
  const problems: Problem[] = [];
  const { apiVersion, kind, metadata } = value;
  if (typeof kind !== 'string' || !kindPattern.test(kind)) {
    problems.push(
      problem('no-kind', `kind is ${shown(kind)}`, 'Write the kind, for example: kind: ConfigMap'),
    );
  }
  if (typeof apiVersion !== 'string' || !apiVersionPattern.test(apiVersion)) {
    const advice = 'Write group and version, for example: apiVersion: apps/v1';
    problems.push(problem('no-api-version', `apiVersion is ${shown(apiVersion)}`, advice));
  }
  const name = isRecord(metadata) ? metadata.name : undefined;
  if (typeof name !== 'string' || !pathSegment.test(name) || name === '.' || name === '..') {
    const advice = 'Give it a fixed metadata.name of at most 253 characters, without / and %.';
    problems.push(problem('bad-name', `metadata.name is ${shown(name)}`, advice));
  }
  const namespace = isRecord(metadata) ? metadata.namespace : undefined;
  if (namespace !== undefined && !isNamespace(namespace)) {
    problems.push(problem('bad-namespace', `metadata.namespace is ${shown(namespace)}`, namespaceAdvice));
  }
  const bytes = Buffer.byteLength(JSON.stringify(value));
  if (bytes > maxObjectBytes) {
    const size = (bytes / 1024 / 1024).toFixed(1);
    problems.push(problem('object-too-large', `an object of ${size} MiB; Kubernetes stores at most 1.5 MiB`));
  }
  return problems;
}

/** The objects of a document: itself, or the items of a `v1` `List`. */
export function objectsOf(value: unknown): unknown[] {
  if (isRecord(value) && value.kind === 'List' && value.apiVersion === 'v1' && Array.isArray(value.items)) {
    return value.items;
  }
  return [value];
}

/** Says that `value` passed `checkManifest`. */
export function asKubeObject(value: unknown): KubeObject {
  return value as KubeObject;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeName(value: unknown): string {
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = printable(JSON.stringify(value));
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
