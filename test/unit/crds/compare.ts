import { isDeepStrictEqual } from 'node:util';
import { children, type Crd, type Schema, schemaOf } from './schema';

/** What must be the same on both sides: the shape of values, and how an API server defaults and merges them. */
const same = [
  'type',
  'format',
  'enum',
  'default',
  'required',
  'nullable',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'x-kubernetes-int-or-string',
  'x-kubernetes-list-type',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-map-type',
];

/** What may be looser than the reference, but not other. */
const sameWhereStated = ['minLength', 'maxLength', 'minimum', 'maximum', 'pattern'];

/**
 * Where one version of a schema says what the reference does not say.
 *
 * A node that preserves unknown fields may leave out what is below it; nothing may be added, and what is stated
 * must be stated there.
 */
export function compareVersion(ours: Crd, reference: Crd, version: string): string[] {
  const problems: string[] = [];
  compare(schemaOf(ours, version), schemaOf(reference, version), '', problems);
  return problems;
}

function compare(ours: Schema, reference: Schema, path: string, problems: string[]): void {
  const opaque = ours['x-kubernetes-preserve-unknown-fields'] === true && children(ours).length === 0;
  for (const key of same) {
    if (key === 'required' && opaque) continue;
    if (!isDeepStrictEqual(sorted(ours[key]), sorted(reference[key]))) {
      problems.push(`${path}: ${key} is ${show(ours[key])}, in the reference ${show(reference[key])}`);
    }
  }
  for (const key of sameWhereStated) {
    if (ours[key] !== undefined && !isDeepStrictEqual(ours[key], reference[key])) {
      problems.push(`${path}: ${key} is ${show(ours[key])}, in the reference ${show(reference[key])}`);
    }
  }
  if (ours['x-kubernetes-validations'] && !reference['x-kubernetes-validations']) {
    problems.push(`${path}: the reference has no rule`);
  }
  const known = new Map(children(reference));
  for (const [step, child] of children(ours)) {
    const counterpart = known.get(step);
    if (counterpart) {
      compare(child, counterpart, path + step, problems);
    } else {
      problems.push(`${path}${step}: unknown in the reference`);
    }
  }
}

const sorted = (value: unknown) => (Array.isArray(value) ? [...value].sort() : value);
const show = (value: unknown) => JSON.stringify(value) ?? 'not stated';
