import { resolvePlain } from './resolve-scalar';

interface Line {
  readonly indent: number;
  /** What follows the indentation, `- ` of a list's item included. */
  readonly content: string;
}

/** Thrown where a text is not of the plain kind. */
const other = Symbol('not a plain block');

/**
 * The value of a document that is written as nearly all are: maps and lists in blocks, each entry on a line of its own, with
 * plain keys and short values. There is but one way to read it. Most files are of such documents, and this reads them many
 * times faster than a parser of all of YAML, which also makes a tree of nodes.
 *
 * @returns undefined where the text has anything else: comments, block scalars, flow collections, anchors, tags, escapes
 */
export function plainBlock(text: string): { readonly value: unknown } | undefined {
  const lines: Line[] = [];
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const match = linePattern.exec(line);
    if (match === null) return undefined;
    lines.push({ indent: match[1].length, content: match[2] });
  }
  try {
    return { value: new Reader(lines).document() };
  } catch (error) {
    if (error === other) return undefined;
    throw error;
  }
}

/** An entry of a map or a list; ASCII alone, no tab, and not so deep that it had to be refused. */
const linePattern = /^( {0,200})((?:- )?[A-Za-z0-9_./"'][ -~]*)$/;
const entryPattern = /^([A-Za-z_][A-Za-z0-9_./-]*):(?: (.+))?$/;
/** A text that reads as it stands: no indicator begins it, and a colon inside is followed by a letter. */
const plainPattern = /^[A-Za-z0-9_./](?:[ A-Za-z0-9_./@+=,;()<>*&!?$%^~-]|:(?=[^ ]))*$/;
const quotedPattern = /^"([^"\\]*)"$|^'([^']*)'$/;

class Reader {
  private next = 0;

  constructor(private readonly lines: readonly Line[]) {}

  document(): unknown {
    const value = this.map(0);
    if (this.next < this.lines.length) throw other;
    return value;
  }

  /** The map whose entries stand at an indentation; the first may follow the dash of an item. */
  private map(indent: number, inItem?: string): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    let content = inItem ?? this.contentAt(indent);
    while (content !== undefined) {
      const [, key, value] = entryPattern.exec(content) ?? [];
      if (key === undefined || key === '__proto__' || Object.hasOwn(map, key)) throw other;
      if (typeof resolvePlain(key) !== 'string') throw other;
      this.next += 1;
      map[key] = value === undefined ? this.block(indent) : this.scalar(value, indent);
      content = this.contentAt(indent);
      if (content?.startsWith('- ')) throw other;
    }
    return map;
  }

  private list(indent: number): unknown[] {
    const list: unknown[] = [];
    for (let item = this.contentAt(indent); item?.startsWith('- '); item = this.contentAt(indent)) {
      const content = item.slice(2);
      if (entryPattern.test(content)) {
        list.push(this.map(indent + 2, content));
      } else {
        this.next += 1;
        list.push(this.scalar(content, indent));
      }
    }
    return list;
  }

  /** What stands below a key without a value on its line. */
  private block(indent: number): unknown {
    const line = this.lines[this.next] as Line | undefined;
    if (line === undefined || line.indent < indent) return null;
    if (line.content.startsWith('- ')) return this.list(line.indent);
    return line.indent > indent ? this.map(line.indent) : null;
  }

  /** A value that goes on below its line, or is not plain, is for another reader. */
  private scalar(text: string, indent: number): unknown {
    const below = this.lines[this.next] as Line | undefined;
    if (below !== undefined && below.indent > indent) throw other;
    if (text === '{}') return {};
    if (text === '[]') return [];
    const quoted = quotedPattern.exec(text);
    if (quoted !== null) return quoted[1] ?? quoted[2];
    if (!plainPattern.test(text) || text.endsWith(' ')) throw other;
    const value = resolvePlain(text);
    if (typeof value === 'number' && !Number.isFinite(value)) throw other;
    return value;
  }

  /** The line that comes next, where it stands at an indentation; a deeper one is nobody's. */
  private contentAt(indent: number): string | undefined {
    const line = this.lines[this.next] as Line | undefined;
    if (line === undefined || line.indent < indent) return undefined;
    if (line.indent > indent) throw other;
    return line.content;
  }
}
