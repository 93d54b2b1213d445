import { isAlias, isMap, isScalar, isSeq, Scalar, type Document, type Node, type Pair } from 'yaml';
import { ambiguities, type NodeProblem } from './ambiguities';
import { define } from './json';
import { keyText } from './key-text';
import { resolvePlain, type ScalarValue } from './resolve-scalar';
import { resolveTagged } from './resolve-tagged';

/** How deep lists and maps may be nested; Kubernetes' own limit, of JSON, is 10,000. */
export const maxDepth = 500;

/**
 * The value of a document as sigs.k8s.io/yaml gives it (go-yaml v2, decode.go): merge keys override what stands
 * before them, keys become text, aliases are counted. A key that stands twice in one map is refused, where the
 * parser takes the last without a word.
 */
export function toValue(document: Document, text: string): { value: unknown; problems: NodeProblem[] } {
  const decoder = new Decoder(text);
  const contents = document.contents as Node | null;
  if (contents === null) return { value: null, problems: [] };
  decoder.bind(contents, 0);
  if (decoder.problems.length > 0) return { value: null, problems: decoder.problems };
  try {
    const value = decoder.decode(contents);
    return { value, problems: decoder.problems };
  } catch (error) {
    const message =
      error instanceof RangeError ? tooDeep : error instanceof ExcessiveAliases ? tooMany : undefined;
    if (message === undefined) throw error;
    return { value: null, problems: [{ kind: 'aliases', offset: contents.range?.[0] ?? 0, message }] };
  }
}

const tooDeep = 'its aliases nest too deeply; write the values out instead of repeating them by aliases';
const tooMany = 'nearly all of it is repeated by aliases; write the values out instead';

const anchorPattern = /^[0-9A-Za-z_-]+$/;

class ExcessiveAliases extends Error {}

/** Where a member of a map came from: two keys of one map are a mistake, a merged one is overridden. */
interface Member {
  readonly value: unknown;
  readonly type: string;
}

class Decoder {
  readonly problems: NodeProblem[] = [];
  private readonly anchors = new Map<string, Node>();
  private readonly targets = new Map<Node, Node>();
  private readonly open = new Set<Node>();
  private decoded = 0;
  private aliased = 0;
  private aliasDepth = 0;

  constructor(private readonly text: string) {}

  /** Binds each alias to the anchor before it. */
  bind(node: Node, depth: number): void {
    if (depth > maxDepth) {
      if (this.problems.length === 0) {
        this.refuse(node, 'syntax', `nested more than ${maxDepth} levels deep; no object of Kubernetes is`);
      }
      return;
    }
    if (isAlias(node)) {
      const target = this.anchors.get(node.source);
      if (target === undefined) {
        this.refuse(
          node,
          'syntax',
          `alias *${node.source} has no anchor before it; write &${node.source} at the value that it repeats`,
        );
      } else {
        this.targets.set(node, target);
      }
      return;
    }
    const { anchor } = node as { anchor?: string };
    if (anchor !== undefined) {
      if (!anchorPattern.test(anchor)) {
        this.refuse(
          node,
          'syntax',
          `anchor &${anchor} has other characters than letters, digits, '-' and '_'`,
        );
      }
      this.anchors.set(anchor, node);
    }
    this.problems.push(...ambiguities(node, this.text, depth === 0));
    for (const child of childrenOf(node)) this.bind(child, depth + 1);
  }

  decode(node: Node | null): unknown {
    this.count();
    if (node === null) return null;
    if (isAlias(node)) return this.alias(node, (target) => this.decode(target));
    if (isSeq(node)) return node.items.map((item) => this.decode(item as Node | null));
    if (isMap(node)) {
      const result: Record<string, unknown> = {};
      for (const [key, { value }] of this.members(node)) define(result, key, value);
      return result;
    }
    const value = this.scalar(node as Scalar);
    if (typeof value === 'number' && !Number.isFinite(value)) {
      this.refuse(
        node,
        'syntax',
        `${(node as Scalar).source} is a number that JSON does not have; write it in quotes for text`,
      );
    }
    return value;
  }

  private members(map: Node & { items: unknown[] }): Map<string, Member> {
    const members = new Map<string, Member>();
    const own = new Set<string>();
    for (const pair of map.items as Pair<Node | null, Node | null>[]) {
      if (isMergeKey(pair.key)) {
        this.merge(pair.value, pair.key as Node, members);
        continue;
      }
      const key = this.key(pair.key, map);
      if (key === undefined) continue;
      const type = key.type;
      if (own.has(key.text)) {
        this.refuse(
          pair.key ?? map,
          'syntax',
          `key ${JSON.stringify(key.text)} stands twice in this map; keep one`,
        );
      }
      if ((members.get(key.text)?.type ?? type) !== type && !own.has(key.text)) {
        this.refuse(
          pair.key ?? map,
          'syntax',
          `key ${JSON.stringify(key.text)} is merged as another type; write both in quotes`,
        );
      }
      own.add(key.text);
      members.set(key.text, { value: this.decode(pair.value), type });
    }
    return members;
  }

  private merge(value: Node | null, key: Node, into: Map<string, Member>): void {
    const take = (node: Node | null): void => {
      this.count();
      if (isAlias(node)) this.alias(node, take);
      else if (isMap(node)) for (const [name, member] of this.members(node)) into.set(name, member);
    };
    const isMergeable = (node: Node | null) => isMap(isAlias(node) ? this.targets.get(node) : node);
    const sources = isSeq(value) ? ([...value.items].reverse() as (Node | null)[]) : [value];
    if (!sources.every(isMergeable)) {
      this.refuse(key, 'syntax', '<< merges a map, or a list of maps; in quotes it is a key');
      return;
    }
    sources.forEach(take);
  }

  private key(node: Node | null, map: Node): { text: string; type: string } | undefined {
    this.count();
    const target = isAlias(node) ? this.targets.get(node) : node;
    if (target === null || !isScalar(target)) {
      this.refuse(
        node ?? map,
        'syntax',
        target === null
          ? 'a key that is null; write it in quotes'
          : 'a key that is a list or a map, which JSON does not have',
      );
      return undefined;
    }
    const value = this.scalar(target);
    const named = keyText(value, target.source ?? '');
    if ('problem' in named) {
      this.refuse(node ?? map, 'syntax', named.problem);
      return undefined;
    }
    return { text: named.key, type: typeof value };
  }

  private scalar(node: Scalar): ScalarValue {
    const source = this.sourceOf(node);
    if (node.tag === '!') return source;
    if (node.tag !== undefined) {
      const tagged = resolveTagged(node.tag, source);
      if ('value' in tagged) return tagged.value;
      this.refuse(node, 'syntax', tagged.problem);
      return null;
    }
    return node.type === Scalar.PLAIN ? resolvePlain(source) : source;
  }

  /** A block scalar at the end of a text without final line feed has none either. */
  private sourceOf({ source = '', type, range }: Scalar): string {
    const isBlock = type === Scalar.BLOCK_LITERAL || type === Scalar.BLOCK_FOLDED;
    return isBlock && (range?.[1] ?? 0) >= this.text.length && !this.text.endsWith('\n')
      ? source.replace(/\n$/, '')
      : source;
  }

  private alias<T>(node: Node & { source: string }, use: (target: Node) => T): T | undefined {
    if (this.open.has(node)) {
      this.refuse(node, 'aliases', `alias *${node.source} stands inside what it repeats`);
      return undefined;
    }
    this.open.add(node);
    this.aliasDepth += 1;
    const result = use(this.targets.get(node) as Node);
    this.aliasDepth -= 1;
    this.open.delete(node);
    return result;
  }

  /** go-yaml's own measure of what aliases may stand for (decode.go, allowedAliasRatio). */
  private count(): void {
    this.decoded += 1;
    if (this.aliasDepth > 0) this.aliased += 1;
    const scale = Math.min(Math.max((this.decoded - 400_000) / 3_600_000, 0), 1);
    if (this.aliased > 100 && this.decoded > 1000 && this.aliased / this.decoded > 0.99 - 0.89 * scale) {
      throw new ExcessiveAliases();
    }
  }

  private refuse(node: Node, kind: string, message: string): void {
    this.problems.push({ kind, offset: node.range?.[0] ?? 0, message });
  }
}

function childrenOf(node: Node): Node[] {
  const children = isMap(node)
    ? node.items.flatMap(({ key, value }) => [key, value])
    : isSeq(node)
      ? node.items
      : [];
  return children.filter((child) => child !== null && child !== undefined) as Node[];
}

function isMergeKey(key: Node | null): boolean {
  return (
    isScalar(key) &&
    key.source === '<<' &&
    ((key.type === Scalar.PLAIN && key.tag === undefined) || key.tag === 'tag:yaml.org,2002:merge')
  );
}
