import {
  isAlias,
  LineCounter,
  parseAllDocuments,
  visit,
  type Document,
  type ParsedNode,
  type Tags,
} from 'yaml';
import { printable } from './printable';
import { found, type Problem } from '../findings/problem';

/** A YAML document as plain data. */
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

/** How many nodes the aliases of a document may stand for. A bomb needs millions, a person a handful. */
const maxAliasCount = 1000;

/** Types of YAML 1.1 that kubectl's parser does not resolve either: `22:30` and `2026-01-31` stay text. */
const textInKubectl = ['timestamp', 'binary', 'omap', 'pairs', 'set'].map(
  (type) => `tag:yaml.org,2002:${type}`,
);

/**
 * Parses the documents of one file as kubectl does: YAML 1.1, so that `yes` is a boolean and `0644` octal.
 * Empty documents are left out.
 */
export function parseDocuments(text: string, file: string): ParsedDocuments {
  const oversized = findOversized(text, file);
  if (oversized.length > 0) return { documents: [], problems: oversized };

  const lineCounter = new LineCounter();
  const parsed = parseAllDocuments(text, {
    version: '1.1',
    customTags: (tags: Tags) => tags.filter((tag) => !isTextInKubectl(tag)),
    uniqueKeys: true,
    logLevel: 'silent',
    prettyErrors: false,
    lineCounter,
  });
  if (!Array.isArray(parsed)) return { documents: [], problems: [] };

  const documents: ParsedDocument[] = [];
  const problems: Problem[] = [];
  for (const document of parsed) {
    const line = lineCounter.linePos(document.contents?.range[0] ?? document.range[0]).line;
    const problem = documentProblem(document, file, line, lineCounter);
    if (problem !== undefined) {
      problems.push(problem);
    } else {
      const value: unknown = document.toJS({ maxAliasCount });
      if (value !== null && value !== undefined) documents.push({ value, line });
    }
  }
  return { documents, problems };
}

type ReadDocument = Document.Parsed<ParsedNode>;

function documentProblem(
  document: ReadDocument,
  file: string,
  line: number,
  lines: LineCounter,
): Problem | undefined {
  const [error] = document.errors;
  if (error !== undefined) {
    const at = lines.linePos(error.pos[0]);
    return found('malformed-yaml', {
      where: `${file}:${at.line}`,
      message: `not valid YAML at column ${at.col}: ${printable(error.message)}`,
    });
  }
  if (hasBomb(document)) {
    return found('yaml-aliases', {
      where: `${file}:${line}`,
      message: `its aliases stand for more than ${maxAliasCount} nodes`,
    });
  }
  return undefined;
}

/** Resolving counts what each alias stands for, nested aliases included, and refuses when it is too much. */
function hasBomb(document: ReadDocument): boolean {
  let aliases = false;
  visit(document, (_key, node) => {
    if (!isAlias(node)) return undefined;
    aliases = true;
    return visit.BREAK;
  });
  if (!aliases) return false;
  try {
    document.toJS({ maxAliasCount });
    return false;
  } catch (error) {
    if (error instanceof ReferenceError) return true;
    throw error;
  }
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

function isTextInKubectl(tag: Tags[number]): boolean {
  if (typeof tag === 'string') return false;
  return textInKubectl.includes(tag.tag) || ('format' in tag && tag.format === 'TIME');
}

function mebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
