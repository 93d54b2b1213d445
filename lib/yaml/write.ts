import { Document } from 'yaml';
import { writtenTags } from './schema';

/** Kubernetes' parser reads `0o17` and `0X1F` as numbers too (Go, strconv.ParseInt): such a text is quoted. */
const GO_INTEGER = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^[-+]?0[box][-+]?[0-9a-f_]+$/i,
  resolve: Number,
};

const WRITING = {
  version: '1.1' as const,
  compat: [GO_INTEGER],
  aliasDuplicateObjects: false,
  customTags: writtenTags,
};

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
