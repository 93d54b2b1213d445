import { readFileSync } from 'node:fs';
import { Document, parseAllDocuments, parseDocument, Scalar, type ScalarTag, type Tags } from 'yaml';

/** Result of reading YAML that somebody else wrote: its problems are reported at synthesis, with all others. */
export interface YamlSource<T> {
  readonly value: T;
  readonly problems: readonly string[];
}

const TIMESTAMP = 'tag:yaml.org,2002:timestamp';
const MERGE = 'tag:yaml.org,2002:merge';
const TEXT = 'tag:yaml.org,2002:str';

/**
 * What the parser of Kubernetes (go-yaml, readerc.go and scannerc.go) does not read as it stands, or takes for a line
 * break: control characters but tab and line feed, Unicode's line breaks, byte order marks, non-characters, halves of
 * surrogate pairs, and a tab where a block begins.
 */
const UNREADABLE = /^[ \n]*\t|(?![\t\n])\p{Cc}|[\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}/u;

/** Those of them that JSON leaves as they are. */
const UNREADABLE_IN_JSON = /\p{Cc}|[\u2028\u2029\ufeff\ufffe\uffff]/gu;

/** A text that could not be read as it stands is written in double quotes, with escapes. */
function readable(tag: ScalarTag): ScalarTag {
  const escape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return {
    ...tag,
    stringify: (item, ...rest) => {
      const text = String(item.value);
      return UNREADABLE.test(text)
        ? JSON.stringify(text).replace(UNREADABLE_IN_JSON, escape)
        : (tag.stringify?.(item, ...rest) ?? text);
    },
  };
}

/**
 * The tags of YAML 1.1, except that a text `<<` is quoted: as a bare key it means "merge the value into this map". One
 * that was read bare stays bare. It stands first, where it is looked for before a text of any kind.
 */
function tagsOf(tags: Tags): ScalarTag[] {
  const all = tags as ScalarTag[];
  const keepText = (tag: ScalarTag): ScalarTag => ({
    ...tag,
    createNode: (_, value) => Object.assign(new Scalar(value), { type: Scalar.QUOTE_DOUBLE }),
    stringify: ({ value }) => (value === '<<' ? '"<<"' : '<<'),
  });
  return [
    ...all.filter(({ tag }) => tag === MERGE).map(keepText),
    ...all.filter(({ tag }) => tag !== MERGE).map((tag) => (tag.tag === TEXT ? readable(tag) : tag)),
  ];
}

/** YAML 1.1 as Kubernetes reads it, except that a timestamp stays the text it is. */
const OPTIONS = {
  version: '1.1' as const,
  customTags: (tags: Tags) => tagsOf(tags).filter(({ tag }) => tag !== TIMESTAMP),
};

/** Kubernetes' parser reads `0o17` and `0X1F` as numbers too (Go, strconv.ParseInt): such a text is quoted. */
const GO_INTEGER = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^[-+]?0[box][0-9a-f_]+$/i,
  resolve: Number,
};

const WRITING = {
  version: '1.1' as const,
  compat: [GO_INTEGER],
  aliasDuplicateObjects: false,
  customTags: tagsOf,
};

/** Text of a file. */
export function readText(path: string): YamlSource<string> {
  try {
    return { value: readFileSync(path, 'utf8'), problems: [] };
  } catch (error) {
    const reason =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (error as Error).message;
    return { value: '', problems: [`cannot read ${path}: ${reason}`] };
  }
}

/** One YAML document, with its comments. */
export function parseYaml(text: string, origin: string): YamlSource<Document> {
  const document = parseDocument(text, OPTIONS);
  return { value: document, problems: problemsOf(document).map((problem) => `${origin}: ${problem}`) };
}

/** An alias to nothing is only noticed when the value is made. */
function problemsOf(document: Document): string[] {
  try {
    document.toJS();
  } catch (error) {
    return [firstLine((error as Error).message)];
  }
  return document.errors.map((error) => firstLine(error.message));
}

/** A Kubernetes object as it was parsed. */
export type Manifest = Record<string, any>;

/** The one object of `kind` in a file. */
export function readManifest(path: string, kind: string): YamlSource<Manifest> {
  const text = readText(path);
  const documents = parseAllDocuments(text.value, OPTIONS) as Document[];
  const problems = [
    ...text.problems,
    ...documents.flatMap((document) => problemsOf(document).map((problem) => `${path}: ${problem}`)),
  ];
  if (problems.length > 0) {
    return { value: {}, problems };
  }
  const found = documents
    .map((document) => document.toJS() as Manifest | null)
    .filter((object) => object?.kind === kind);
  if (found.length !== 1) {
    return {
      value: {},
      problems: [`${path}: holds ${found.length} objects of kind ${kind}; it must hold exactly one`],
    };
  }
  return { value: found[0] as Manifest, problems: [] };
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0].replace(/:$/, '');
}

/** A value as a YAML document, without anchors. */
export function createDocument(value: unknown): Document {
  return new Document(value, WRITING);
}

/** Text of a document, without line folding. */
export function writeDocument(document: Document): string {
  return document.toString({ lineWidth: 0 });
}

/** YAML text of a value, without line folding and without anchors. */
export function toYaml(value: unknown): string {
  return writeDocument(createDocument(value));
}
