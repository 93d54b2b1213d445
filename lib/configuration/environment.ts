import { unknownText } from './known-text';

/** A container as the Kubernetes API has it, as far as its environment and files go. */
export interface PodContainer {
  readonly name: string;
  readonly env?: readonly PodVariable[];
  readonly envFrom?: readonly PodVariables[];
  readonly volumeMounts?: readonly { name: string; mountPath: string; subPath?: string }[];
}

/** An element of `env`. */
export interface PodVariable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly secretKeyRef?: { readonly name: string; readonly key: string };
    readonly configMapKeyRef?: { readonly name: string; readonly key: string };
  };
}

/** An element of `envFrom`. */
export interface PodVariables {
  readonly prefix?: string;
  readonly secretRef?: { readonly name: string };
  readonly configMapRef?: { readonly name: string };
}

/** What is in ConfigMaps and Secrets, as far as it is known. */
export interface KnownContents {
  /** All keys with their texts; none where the object is not known. */
  of(kind: string, name: string): Readonly<Record<string, string>> | undefined;
}

/** Keys that a Secret surely has, though nothing else is known of it. */
export type KnownKeys = (kind: string, name: string) => readonly string[];

/**
 * The environment of a container in the order of Kubernetes: `env` wins over `envFrom`, of two of a kind the later one;
 * `$(NAME)` stands for what was set before (Kubernetes API, Container v1 core).
 */
export class Environment {
  private readonly set = new Map<string, string>();
  /** Sources whose keys are not all known, each with the variables that later ones surely set. */
  private readonly open: { source: string; prefix: string; after: Set<string> }[] = [];

  constructor(container: PodContainer, contents: KnownContents, knownKeys: KnownKeys) {
    for (const source of container.envFrom ?? []) {
      this.addAll(source, contents, knownKeys);
    }
    for (const variable of container.env ?? []) {
      this.put(variable.name, this.valueOf(variable, contents));
    }
  }

  /** Value of a variable; nothing where none has it. */
  get(name: string): string | undefined {
    const rivals = this.open.filter(({ prefix, after }) => name.startsWith(prefix) && !after.has(name));
    return rivals.length === 0
      ? this.set.get(name)
      : unknownText({ kind: 'variable', name, key: rivals.map(({ source }) => source).join(' or ') });
  }

  /** Value that a variable surely gets of somebody, though a source whose keys are not known may write over it. */
  written(name: string): string | undefined {
    return this.set.get(name);
  }

  /** Names of all variables that surely are there, in the order in which they were first set. */
  get names(): string[] {
    return [...this.set.keys()];
  }

  private addAll(
    { prefix = '', secretRef, configMapRef }: PodVariables,
    contents: KnownContents,
    knownKeys: KnownKeys,
  ): void {
    const kind = configMapRef === undefined ? 'Secret' : 'ConfigMap';
    const name = (configMapRef ?? secretRef)?.name ?? '';
    const content = contents.of(kind, name);
    const keys = content === undefined ? knownKeys(kind, name) : Object.keys(content);
    for (const key of keys) {
      const known = kind === 'ConfigMap' ? content?.[key] : undefined;
      this.put(`${prefix}${key}`, known ?? unknownText({ kind, name, key }));
    }
    if (content === undefined) {
      this.open.push({
        source: `${kind} ${name}`,
        prefix,
        after: new Set(keys.map((key) => `${prefix}${key}`)),
      });
    }
  }

  private put(name: string, value: string): void {
    this.set.set(name, value);
    this.open.forEach(({ after }) => after.add(name));
  }

  private valueOf({ value = '', valueFrom }: PodVariable, contents: KnownContents): string {
    if (valueFrom?.secretKeyRef !== undefined) {
      const { name, key } = valueFrom.secretKeyRef;
      return unknownText({ kind: 'Secret', name, key });
    }
    if (valueFrom?.configMapKeyRef !== undefined) {
      const { name, key } = valueFrom.configMapKeyRef;
      return contents.of('ConfigMap', name)?.[key] ?? unknownText({ kind: 'ConfigMap', name, key });
    }
    return valueFrom === undefined || valueFrom === null
      ? this.expand(String(value))
      : unknownText({ kind: 'variable', name: 'of the pod', key: 'Kubernetes' });
  }

  /** `$$` is a dollar sign; `$(NAME)` stays where nobody set NAME. */
  private expand(text: string): string {
    return text.replace(/\$\$|\$\(([^)]*)\)/g, (match, name?: string) =>
      match === '$$' ? '$' : (this.get(name as string) ?? match),
    );
  }
}
