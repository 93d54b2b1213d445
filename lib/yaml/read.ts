import { isNode, LineCounter, parseDocument, type Document, type YAMLError } from 'yaml';
import { decodeText } from './decode-text';
import { plainBlock } from './plain-block';
import { readTags } from './schema';
import { forbiddenTab } from './tabs';
import { toValue } from './to-value';
import type { YamlProblem } from './yaml-problem';

/** A document of a YAML text. */
export interface YamlDocument {
  /** Its value, as plain data; a whole number that a double cannot hold is a bigint. */
  readonly value: unknown;
  /** The line it starts at, from 1. */
  readonly line: number;
  /** The document with its comments, to be changed and written again. */
  readonly document: Document;
  /** `line:column` of the value at a path, or of what is nearest above it. */
  placeOf(path: readonly (string | number)[]): string;
}

/** What a YAML text gave: its documents, or what is wrong with it. */
export interface YamlRead {
  readonly documents: readonly YamlDocument[];
  readonly problems: readonly YamlProblem[];
}

/** Reads the documents of a file, given as its bytes, as kubectl does; empty ones are left out. */
export function readYamlBytes(bytes: Uint8Array): YamlRead {
  const { text, problem } = decodeText(bytes);
  return problem === undefined ? readYaml(text) : { documents: [], problems: [problem] };
}

/**
 * Reads the documents of a text as kubectl does: a line of `---` separates them, every line ends in a line feed
 * (apimachinery, util/yaml), and each is read as sigs.k8s.io/yaml reads it. What would be read in another way than it looks is refused. Empty documents are
 * left out.
 */
export function readYaml(text: string): YamlRead {
  const read = chunksOf(text).map(readChunk);
  return {
    documents: read.flatMap(({ documents }) => documents).filter(({ value }) => value !== null),
    problems: read.flatMap(({ problems }) => problems),
  };
}

/** Reads a text that is one document, empty or not. */
export function readYamlDocument(text: string): YamlRead {
  return readChunk({ text: normalized(text), line: 1 });
}

interface Chunk {
  readonly text: string;
  /** Number of the first line. */
  readonly line: number;
}

function normalized(text: string): string {
  return text.replace(/^\ufeff/, '').replace(/\r\n/g, '\n');
}

function chunksOf(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  let lines: string[] = [];
  let line = 1;
  const all = normalized(text).split('\n');
  const end = (next: number) => {
    lines.push('');
    chunks.push({ text: normalized(lines.join('\n')), line });
    lines = [];
    line = next;
  };
  all.forEach((content, index) => {
    if (/^---[ \t]*(#.*)?$/.test(content)) {
      end(index + 2);
    } else {
      lines.push(content);
    }
  });
  if (lines.at(-1) === '') lines.pop();
  end(0);
  return chunks;
}

/**
 * What the parser of Kubernetes does not accept (go-yaml, readerc.go), and what it takes for a line break beside line
 * feed and CRLF.
 */
const unreadablePattern =
  /[^\t\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;

function readChunk(chunk: Chunk): YamlRead {
  const plain = plainBlock(chunk.text);
  return plain === undefined
    ? parseChunk(chunk)
    : { documents: [plainDocument(chunk, plain.value)], problems: [] };
}

/** The nodes of the document are made when somebody asks for them. */
function plainDocument(chunk: Chunk, value: unknown): YamlDocument {
  let parsed: YamlDocument | undefined;
  const parse = () => (parsed ??= parseChunk(chunk).documents[0]);
  return {
    value,
    line: chunk.line,
    get document() {
      return parse().document;
    },
    placeOf: (path) => parse().placeOf(path),
  };
}

function parseChunk({ text, line }: Chunk): YamlRead {
  const lineCounter = new LineCounter();
  const at = (kind: string, offset: number, message: string): YamlProblem => {
    const place = lineCounter.linePos(offset);
    return { kind, line: line + place.line - 1, column: place.col, message };
  };
  const document = parsed(text, lineCounter);
  const unreadable = unreadablePattern.exec(text);
  if (unreadable !== null) {
    return failed(at('encoding', unreadable.index, unreadableCharacter(unreadable[0])));
  }
  if (document === undefined) return failed(at('syntax', 0, tooDeep));
  const [error] = document.errors;
  if (error !== undefined) return failed(at('syntax', error.pos[0], messageOf(error)));
  const directive = document.warnings.find(({ code }) => code === 'BAD_DIRECTIVE');
  if (directive !== undefined) return failed(at('syntax', directive.pos[0], directive.message));
  const tab = forbiddenTab(text);
  if (tab !== undefined) {
    return failed(at('syntax', tab, 'a tab where the parser of Kubernetes reads spaces only; write spaces'));
  }
  if (
    document.directives.docEnd &&
    (document.contents?.range[0] ?? 0) === (document.contents?.range[1] ?? 0)
  ) {
    return failed(at('syntax', 0, "'...' ends a document that is not there; leave it out"));
  }
  const { explicit, version } = document.directives.yaml;
  if (explicit === true && version !== '1.1') {
    return failed(at('syntax', 0, 'Kubernetes reads YAML 1.1; leave the line with %YAML out'));
  }
  const { value, problems } = toValue(document, text);
  if (problems.length > 0) {
    return {
      documents: [],
      problems: problems.map(({ kind, offset, message }) => at(kind, offset, message)),
    };
  }
  const placeOf = (path: readonly (string | number)[]) => {
    const place = at('', offsetOf(document, path), '');
    return `${place.line}:${place.column}`;
  };
  const start = document.contents?.range[0];
  const first = start === undefined ? line : line + lineCounter.linePos(start).line - 1;
  return {
    documents: [{ value, document, line: first, placeOf }],
    problems: [],
  };
}

const tooDeep = 'nested too deeply; no object of Kubernetes is';

function offsetOf(document: Document, path: readonly (string | number)[]): number {
  const lengths = [...path.keys()].map((index) => path.length - index);
  const found = lengths
    .map((length) => document.getIn(path.slice(0, length), true))
    .find((node) => isNode(node));
  return (found ?? document.contents)?.range?.[0] ?? 0;
}

function failed(problem: YamlProblem): YamlRead {
  return { documents: [], problems: [problem] };
}

/** The document of a text; none where it is nested so deeply that the stack ends. */
function parsed(text: string, lineCounter: LineCounter): Document.Parsed | undefined {
  try {
    return parseDocument(text, {
      version: '1.1',
      resolveKnownTags: false,
      customTags: readTags,
      uniqueKeys: false,
      logLevel: 'error',
      prettyErrors: false,
      lineCounter,
    });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function messageOf({ code, message }: YAMLError): string {
  if (message.startsWith('Maximum call stack')) return tooDeep;
  return code === 'MULTIPLE_DOCS'
    ? "a second document, which Kubernetes' parser would not see; write '---' on a line of its own before it"
    : message;
}

function unreadableCharacter(character: string): string {
  const code = (character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0');
  return (
    `character U+${code}, which the parser of Kubernetes does not read as it stands; ` +
    'leave it out, or write it as an escape in double quotes'
  );
}
