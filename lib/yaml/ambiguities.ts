import { isCollection, isMap, isScalar, Scalar, type Node, type Pair, type YAMLMap } from 'yaml';

/** What is wrong at a node. */
export interface NodeProblem {
  readonly kind: string;
  /** Offset in the text. */
  readonly offset: number;
  readonly message: string;
}

/**
 * What YAML 1.2 and the parser of Kubernetes (go-yaml, scannerc.go) read in two ways, or only the first reads at all:
 * refused, so that nothing is read otherwise than the cluster reads it.
 */
export function ambiguities(node: Node, text: string, atRoot: boolean): NodeProblem[] {
  const offset = node.range?.[0] ?? 0;
  const found = isScalar(node)
    ? scalarProblem(node, text, atRoot)
    : isCollection(node) && node.flow === true
      ? flowProblem(node, text)
      : isMap(node)
        ? explicitKeyProblem(node as BlockMap, text)
        : undefined;
  return found === undefined ? [] : [{ kind: 'syntax', offset, message: found }];
}

function scalarProblem(node: Scalar, text: string, atRoot: boolean): string | undefined {
  const written = text.slice(...rangeOf(node));
  if (node.type === Scalar.QUOTE_DOUBLE) {
    const escapes = written.replaceAll('\\\\', '');
    if (/\\(?:u|U0000)[dD][89a-fA-F]/.test(escapes)) {
      return 'an escape of half a surrogate pair; write the letter itself, or \\U and its eight digits';
    }
    if (escapes.includes('\\/')) return "escape '\\/', which YAML 1.1 does not have; write '/'";
  }
  const isBlock = node.type === Scalar.BLOCK_FOLDED || node.type === Scalar.BLOCK_LITERAL;
  if (atRoot && isBlock && /\n[^\n ]/.test(written)) {
    return "the text after '|' or '>' is not indented; indent it";
  }
  if (isBlock && /^[|>][-+]?[ \t]*(#.*)?\n[ \n]*\t/.test(written)) {
    return "a text after '|' or '>' that begins with a tab; write it in double quotes, with \\t";
  }
  return isBlock && /\n +$/.test(text) && rangeOf(node)[1] >= text.length
    ? 'the text ends in spaces without a line feed; end it with one'
    : undefined;
}

function flowProblem(node: Node & { items: unknown[] }, text: string): string | undefined {
  const scalars = isMap(node)
    ? node.items.flatMap(({ key, value }) => [key, value])
    : node.items.flatMap(membersOf);
  for (const scalar of scalars) {
    if (!isScalar(scalar) || scalar.type !== Scalar.PLAIN) continue;
    const [from, to] = rangeOf(scalar);
    const written = text.slice(from, to);
    if (/\?(\s|$)/.test(written) || written.startsWith(':')) {
      return `${written} in a flow collection; write it in quotes`;
    }
    if (/^\s*:[,[\]{}]/.test(text.slice(to))) {
      return `${written}: in a flow collection; write a space after ':'`;
    }
  }
  return undefined;
}

type BlockMap = YAMLMap<Node | null, Node | null>;

/** What follows `? key` on its line, or stands where its value should, is passed over by the parser of YAML 1.2. */
function explicitKeyProblem(map: BlockMap, text: string): string | undefined {
  const unfinished = map.items.find(
    ({ key, value }) => value === null || !/^\s*(#[^\n]*\s*)*:/.test(text.slice(key?.range?.[1] ?? 0)),
  );
  return unfinished === undefined ? undefined : "a key with '?' and without value; write 'key: value'";
}

/** A list in flow style may hold pairs: `[a: b]`. */
function membersOf(item: unknown): unknown[] {
  return isMap(item) ? (item.items as Pair[]).flatMap(({ key, value }) => [key, value]) : [item];
}

function rangeOf(node: Scalar): [number, number] {
  const [from, to] = node.range ?? [0, 0];
  return [from, to];
}
