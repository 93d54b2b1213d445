import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Manifest } from '../../manifest/yaml-file';
import { type TextSource, sourceOf } from '../../configuration/known-text';

/** The ConfigMaps and Secrets that an app makes, by name: what is in them is known. */
export class Contents {
  private readonly found = new Map<string, Readonly<Record<string, string>> | undefined>();

  /**
   * @param scope any construct of the app
   * @param namespace the one whose objects count
   */
  constructor(
    private readonly scope: IConstruct,
    private readonly namespace: string | undefined,
  ) {}

  /** All keys with their texts; none where the app does not make the object. */
  of(kind: string, name: string): Readonly<Record<string, string>> | undefined {
    const id = `${kind}/${name}`;
    if (!this.found.has(id)) this.found.set(id, this.read(kind, name));
    return this.found.get(id);
  }

  /** Has an object that the app does not make itself, as it stands in a manifest; its name must be nobody else's. */
  add(kind: string, name: string, manifest: Manifest): void {
    this.found.set(`${kind}/${name}`, textsOf(kind, manifest));
  }

  /** The text of what stands for a key, where the app makes the object; else the text as it is. */
  resolve(text: string): string {
    const source = sourceOf(text);
    return source === undefined ? text : (this.text(source) ?? text);
  }

  private text({ kind, name, key }: TextSource): string | undefined {
    return this.of(kind, name)?.[key];
  }

  private read(kind: string, name: string): Readonly<Record<string, string>> | undefined {
    const object = this.scope.node.root.node
      .findAll()
      .filter((child): child is ApiObject => ApiObject.isApiObject(child))
      .find(
        (child) =>
          child.kind === kind &&
          child.name === name &&
          (child.metadata.namespace ?? Chart.of(child).namespace) === this.namespace,
      );
    return object === undefined ? undefined : textsOf(kind, object.toJson() as Manifest);
  }
}

function textsOf(kind: string, { data, stringData, binaryData }: Manifest): Record<string, string> {
  return kind === 'Secret'
    ? { ...decoded(data), ...mapValues(stringData, String) }
    : { ...decoded(binaryData), ...mapValues(data, String) };
}

function decoded(data: Readonly<Record<string, string>> | undefined): Record<string, string> {
  return mapValues(data, (text) => Buffer.from(String(text), 'base64').toString('utf8'));
}

function mapValues(
  data: Readonly<Record<string, string>> | undefined,
  change: (text: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(data ?? {}).map(([key, text]) => [key, change(text)]));
}
