import { readFileSync } from 'node:fs';
import type { Document } from 'yaml';
import {
  createDocument,
  decodeText,
  describeProblem,
  readYamlBytes,
  readYamlDocument,
  whyUnreadable,
} from '../yaml';

export { createDocument, toYaml, writeDocument } from '../yaml';

/** Result of reading YAML that somebody else wrote: its problems are reported at synthesis, with all others. */
export interface YamlSource<T> {
  readonly value: T;
  readonly problems: readonly string[];
}

/** Text of a file. */
export function readText(path: string): YamlSource<string> {
  const { value, problems } = readBytes(path);
  const { text, problem } = decodeText(value);
  return {
    value: text,
    problems: [...problems, ...(problem === undefined ? [] : [describeProblem(path, problem)])],
  };
}

function readBytes(path: string): YamlSource<Uint8Array> {
  try {
    return { value: readFileSync(path), problems: [] };
  } catch (error) {
    return { value: new Uint8Array(), problems: [`cannot read ${path}: ${whyUnreadable(error)}`] };
  }
}

/** One YAML document, with its comments. */
export function parseYaml(text: string, origin: string): YamlSource<Document> {
  const { documents, problems } = readYamlDocument(text);
  return {
    value: documents[0]?.document ?? createDocument(null),
    problems: problems.map((problem) => describeProblem(origin, problem)),
  };
}

/** A Kubernetes object as it was parsed. */
export type Manifest = Record<string, any>;

/** The one object of `kind` in a file. */
export function readManifest(path: string, kind: string): YamlSource<Manifest> {
  const bytes = readBytes(path);
  const read = readYamlBytes(bytes.value);
  const problems = [...bytes.problems, ...read.problems.map((problem) => describeProblem(path, problem))];
  if (problems.length > 0) return { value: {}, problems };
  const found = read.documents.map(({ value }) => value as Manifest).filter((object) => object.kind === kind);
  if (found.length !== 1) {
    return {
      value: {},
      problems: [`${path}: holds ${found.length} objects of kind ${kind}; it must hold exactly one`],
    };
  }
  return { value: found[0], problems: [] };
}
