import { Scalar, type ScalarTag, type Tags } from 'yaml';
import { readable } from './readable';
import { resolvePlain } from './resolve-scalar';

const named = (name: string) => `tag:yaml.org,2002:${name}`;
const merge = named('merge');
const text = named('str');

/** A plain scalar that is not text. The parser asks a RegExp, and ranges of numbers are no matter for one. */
class NotText extends RegExp {
  override test(text: string): boolean {
    return typeof resolvePlain(text) !== 'string';
  }
}

/** Every plain scalar that is not text, written as it was read unless it was changed. */
const plain: ScalarTag = {
  tag: named('plain'),
  default: true,
  identify: (value) => value === null || ['boolean', 'number', 'bigint'].includes(typeof value),
  test: new NotText(''),
  resolve: (text) => resolvePlain(text),
  stringify: ({ source, value }) =>
    source !== undefined && Object.is(resolvePlain(source), value) ? source : String(value),
};

/**
 * A text `<<` is quoted: as a bare key it means "merge the value into this map". One that was read bare stays bare.
 * It stands first, where it is looked for before a text of any kind.
 */
function keepText(tag: ScalarTag): ScalarTag {
  return {
    ...tag,
    createNode: (_, value) => Object.assign(new Scalar(value), { type: Scalar.QUOTE_DOUBLE }),
    stringify: ({ value }) => (value === '<<' ? '"<<"' : '<<'),
  };
}

/** Lines of nothing but white space have no indentation that a parser could find out: a block would lose it. */
const blankLines = /^\s*\n\s*$/;

function keepBlankLines(tag: ScalarTag): ScalarTag {
  return {
    ...tag,
    createNode: (_, value) =>
      Object.assign(new Scalar(value), blankLines.test(String(value)) ? { type: Scalar.QUOTE_DOUBLE } : {}),
  };
}

/** The tags of YAML 1.1 as they are written. */
export function writtenTags(tags: Tags): ScalarTag[] {
  const all = tags as ScalarTag[];
  return [
    ...all.filter(({ tag }) => tag === merge).map(keepText),
    ...all
      .filter(({ tag }) => tag !== merge)
      .map((tag) => (tag.tag === text ? keepBlankLines(readable(tag)) : tag)),
  ];
}

const ofJson = ['merge', 'str', 'null', 'bool', 'int', 'float', 'map', 'seq'].map(
  (name) => `tag:yaml.org,2002:${name}`,
);

/** Whether a value of JSON is written with a tag; the others are of YAML's own types and notations of numbers. */
export function isWrittenFromJson({ tag, format }: ScalarTag): boolean {
  return ofJson.includes(tag) && format === undefined;
}

/** The tags of YAML 1.1 as Kubernetes' parser reads them. */
export function readTags(tags: Tags): ScalarTag[] {
  const kept = ['merge', 'str', 'map', 'seq'].map(named);
  const [merge, ...others] = writtenTags(tags).filter(({ tag }) => kept.includes(tag));
  return [merge, plain, ...others];
}
