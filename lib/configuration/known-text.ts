/** What only the cluster knows: a key of a Secret or ConfigMap, or a variable that one of several Secrets may set. */
export interface TextSource {
  readonly kind: 'Secret' | 'ConfigMap' | 'variable' | 'file';
  readonly name: string;
  /** Key of the Secret or ConfigMap; who may set the variable. */
  readonly key: string;
}

/** Characters that no configuration uses (Unicode, private use) mark what is not known in a text. */
const [begin, end, between] = ['\ue000', '\ue001', '\ue002'];

const unknown = new RegExp(`${begin}([^${end}]*)${end}`, 'g');

/** A text that stands for what only the cluster knows. */
export function unknownText({ kind, name, key }: TextSource): string {
  return `${begin}${[kind, name, key].join(between)}${end}`;
}

/** Whether the whole of a text stands in what was read. */
export function isKnown(text: string): boolean {
  return !text.includes(begin);
}

/** Where the whole of a text comes from; none where it is known, or put together. */
export function sourceOf(text: string): TextSource | undefined {
  const [match] = [...text.matchAll(unknown)];
  return match?.[0] === text ? parseSource(match[1]) : undefined;
}

/** A text with what others know of what is unknown in it. */
export function filled(text: string, known: (source: TextSource) => string | undefined): string {
  return text.replace(unknown, (match, inner: string) => known(parseSource(inner)) ?? match);
}

/** A text as a person reads it. Never has a value of a Secret. */
export function describeText(text: string): string {
  const source = sourceOf(text);
  return source === undefined
    ? `'${text.replace(unknown, (_, inner: string) => `<${describeSource(parseSource(inner))}>`)}'`
    : describeSource(source);
}

function describeSource({ kind, name, key }: TextSource): string {
  if (kind === 'variable') return `variable ${name}, which ${key} may set`;
  return kind === 'file' ? `file ${name}` : `key ${key} of ${kind} ${name}`;
}

function parseSource(inner: string): TextSource {
  const [kind, name, key] = inner.split(between);
  return { kind: kind as TextSource['kind'], name, key };
}
