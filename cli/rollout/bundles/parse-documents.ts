import { readYaml, type YamlProblem } from 'cdk8s-rhdh/yaml';
import { found, type Problem } from '../findings/problem';
import { printable } from './printable';

/** A YAML document as plain data; a whole number that a double cannot hold is a bigint. */
export interface ParsedDocument {
  readonly value: unknown;
  /** The line it starts at, from 1. */
  readonly line: number;
}

/** What a file gave: its documents, or what is wrong with it. */
export interface ParsedDocuments {
  readonly documents: readonly ParsedDocument[];
  readonly problems: readonly Problem[];
}

/**
 * The largest document that is parsed, in bytes. etcd stores objects of at most 1.5 MiB by default
 * (etcd `--max-request-bytes`); YAML may be longer than what it stands for.
 */
export const maxDocumentBytes = 3 * 1024 * 1024;

/** Parses the documents of one file as kubectl does. Empty documents are left out. */
export function parseDocuments(text: string, file: string): ParsedDocuments {
  const oversized = findOversized(text, file);
  if (oversized.length > 0) return { documents: [], problems: oversized };
  const { documents, problems } = readYaml(text);
  return {
    documents: documents.map(({ value, line }) => ({ value, line })),
    problems: problems.map((problem) => yamlProblem(problem, file)),
  };
}

/** What is wrong with a text, as a finding. */
export function yamlProblem({ kind, line, column, message }: YamlProblem, file: string): Problem {
  const where = `${file}:${line}`;
  const told = printable(message);
  return kind === 'aliases'
    ? found('yaml-aliases', { where, message: told })
    : found('malformed-yaml', { where, message: `not valid YAML at column ${column}: ${told}` });
}

function findOversized(text: string, file: string): Problem[] {
  const problems: Problem[] = [];
  let line = 1;
  for (const document of text.split(/^---(?=\s|$)/m)) {
    const bytes = Buffer.byteLength(document);
    if (bytes > maxDocumentBytes) {
      const message = `a document of ${mebibytes(bytes)}; at most ${mebibytes(maxDocumentBytes)} are read`;
      problems.push(found('document-too-large', { where: `${file}:${line}`, message }));
    }
    line += document.split('\n').length - 1;
  }
  return problems;
}

function mebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
