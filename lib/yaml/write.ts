import { Document, Scalar, visit } from 'yaml';
import { writtenTags } from './schema';

/** Kubernetes' parser reads `0o17` and `0X1F` as numbers too (Go, strconv.ParseInt): such a text is quoted. */
const goInteger = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^[-+]?0[box][-+]?[0-9a-f_]+$/i,
  resolve: Number,
};

const writing = {
  version: '1.1' as const,
  compat: [goInteger],
  aliasDuplicateObjects: false,
  customTags: writtenTags,
};

/** Lines of nothing but white space have no indentation that a parser could find out: a block would lose it. */
const blankLines = /^\s*\n\s*$/;

/** A value as a YAML document, without anchors. */
export function createDocument(value: unknown): Document {
  const document = new Document(value, writing);
  visit(document, {
    Scalar(key, scalar) {
      const { value } = scalar;
      // The text of a whole document would not be indented.
      const isRoot = key === null;
      if (typeof value === 'string' && (isRoot ? value.includes('\n') : blankLines.test(value))) {
        scalar.type = Scalar.QUOTE_DOUBLE;
      }
    },
  });
  return document;
}

/** Text of a document, without line folding. */
export function writeDocument(document: Document): string {
  return document.toString({ lineWidth: 0 });
}

/** YAML text of a value, without line folding and without anchors. */
export function toYaml(value: unknown): string {
  return writeDocument(createDocument(value));
}
