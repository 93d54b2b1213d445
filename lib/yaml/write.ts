import { Document, isScalar, Scalar } from 'yaml';
import { writtenTags } from './schema';

/** Kubernetes' parser reads `0o17` and `0X1F` as numbers too (Go, strconv.ParseInt): such a text is quoted. */
const goInteger = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^[-+]?0[box][-+]?[0-9a-f_]+$/i,
  resolve: Number,
};

/** The tags as they are written, made once for all documents. */
const { schema } = new Document(undefined, { version: '1.1', compat: [goInteger], customTags: writtenTags });

/** A value as a YAML document, without anchors. */
export function createDocument(value: unknown): Document {
  const document = new Document(value, { version: '1.1', schema, aliasDuplicateObjects: false });
  const { contents } = document;
  // The text of a whole document would not be indented.
  if (isScalar(contents) && typeof contents.value === 'string' && contents.value.includes('\n')) {
    contents.type = Scalar.QUOTE_DOUBLE;
  }
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
