import { subdomainProblem } from './names';

const labelPattern = /^[A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?$/;
/** The grammar of an image's reference (distribution, reference/reference.go). */
const repository =
  '(?:(?:localhost|[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+|[A-Za-z0-9.-]+:\\d+)(?::\\d+)?/)?' +
  '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*';
const tag = '\\w[\\w.-]{0,127}';
const imagePattern = new RegExp(`^${repository}(?::${tag})?(?:@[A-Za-z][A-Za-z0-9+._-]*:[0-9a-fA-F]{32,})?$`);
const repositoryPattern = new RegExp(`^${repository}$`);
const tagPattern = new RegExp(`^${tag}$`);
/** Go, time.ParseDuration, without a sign. */
const durationPattern = /^(0|(\d+(\.\d*)?(ns|us|\u00b5s|ms|s|m|h))+)$/;
/** Kubernetes, apimachinery/pkg/api/resource. */
const quantityPattern = /^(\d+(\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;

/** Why something cannot be what it is written for; nothing if it can. */
export type ValueProblem = (what: string, value: any) => string[];

function matching(pattern: RegExp, problem: string): ValueProblem {
  return (what, value) =>
    pattern.test(String(value)) ? [] : [`${what} ${JSON.stringify(value)} ${problem}`];
}

export const imageProblem = matching(
  imagePattern,
  'is no reference of an image; write registry/repository:tag or …@sha256:…, without blanks, the repository in lower case',
);

export const repositoryProblem = matching(
  repositoryPattern,
  'is no repository of images; write registry/repository in lower case, without tag',
);

export const tagProblem = matching(
  tagPattern,
  "is no tag of an image; write at most 128 letters, digits, '_', '.' and '-'",
);

export const durationProblem = matching(
  durationPattern,
  "is no duration of Go; write a number with its unit, such as '30s', '15m' or '1h'",
);

export const integrityProblem = matching(
  /^sha(256|384|512)-[A-Za-z0-9+/]+={0,2}$/,
  "is no checksum as in a lock file; write 'sha512-…'",
);

export const lineProblem = matching(/^[^\n\r\0]*\S[^\n\r\0]*$/, 'is not a text of one line; write one');

export const mountPathProblem = matching(
  /^[^\n\r\0:]+$/,
  "is no folder to mount at; write a path without ':'",
);

/** Of a whole number from 0. */
export const countProblem: ValueProblem = (what, value) =>
  Number.isInteger(value) && value >= 0 ? [] : [`${what} ${value} is no whole number from 0; write one`];

/** Of a whole number from 1. */
export const ordinalProblem: ValueProblem = (what, value) =>
  Number.isInteger(value) && value >= 1 ? [] : [`${what} ${value} is no whole number from 1; write one`];

/** Of a `Size`. */
export const sizeProblem: ValueProblem = (what, size) =>
  parseFloat(size.asString()) > 0 ? [] : [`${what} is ${size.asString()}; write a size above 0`];

/** Of a `Duration`. */
export const periodProblem: ValueProblem = (what, duration) =>
  duration.toSeconds({ integral: false }) >= 1
    ? []
    : [`${what} is shorter than a second; write a longer one`];

/** Of a `k8s.Quantity`. */
export const quantityProblem: ValueProblem = (what, quantity) =>
  matching(
    quantityPattern,
    "is no quantity of Kubernetes; write a number with a unit, such as '500m', '1Gi' or '2'",
  )(what, quantity.value);

/** Of labels, or of what selects by them. */
export const labelsProblem: ValueProblem = (what, labels) =>
  Object.entries(labels).flatMap(([key, value]) => [
    ...qualifiedNameProblem(what, key),
    ...(value === '' || labelPattern.test(String(value))
      ? []
      : [
          `${what}.${key} ${JSON.stringify(value)} is no value of a label; write at most 63 letters, digits, '-', '_' and '.', ` +
            'beginning and ending with a letter or digit',
        ]),
  ]);

/** Of annotations, whose values may be anything. */
export const annotationsProblem: ValueProblem = (what, annotations) =>
  Object.keys(annotations).flatMap((key) => qualifiedNameProblem(what, key));

/** IsQualifiedName (Kubernetes, apimachinery/pkg/util/validation). */
function qualifiedNameProblem(what: string, key: string): string[] {
  const [name, prefix, ...more] = key.split('/').reverse();
  const isQualified =
    labelPattern.test(name) &&
    more.length === 0 &&
    (prefix === undefined || subdomainProblem('', prefix).length === 0);
  return isQualified
    ? []
    : [
        `${what} has the key ${JSON.stringify(key)}; write at most 63 letters, digits, '-', '_' and '.', ` +
          'behind a DNS name and / if there is one',
      ];
}
