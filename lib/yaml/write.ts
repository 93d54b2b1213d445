import { Document, isScalar, Scalar, type ScalarTag } from 'yaml';
import { isWrittenFromJson, writtenTags } from './schema';

/** Kubernetes' parser reads `0o17` and `0X1F` as numbers too (Go, strconv.ParseInt): such a text is quoted. */
const goInteger = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^[-+]?0[box][-+]?[0-9a-f_]+$/i,
  resolve: Number,
};

const { tags } = new Document(undefined, { version: '1.1' }).schema;

/** Made once for all documents. What no value of JSON is written as is only asked which texts it would be read from. */
const { schema } = new Document(undefined, {
  version: '1.1',
  compat: [...(tags as ScalarTag[]), goInteger],
  customTags: (all) => writtenTags(all).filter(isWrittenFromJson),
});

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
  return document.toString({ lineWidth: 0, directives: false });
}

/** YAML text of a value, without line folding and without anchors. */
export function toYaml(value: unknown): string {
  return writeDocument(createDocument(value));
}
