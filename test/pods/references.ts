import type { Client, KubernetesObject } from '../cluster/client';

/** What a pod refers to is not there, in the words of the kubelet; it is looked up again later. */
export class MissingReferenceError extends Error {}

/** The values of a ConfigMap or Secret, decoded. */
export type Values = Readonly<Record<string, Buffer>>;

/** Looks up what the pods of a namespace refer to. */
export class References {
  constructor(
    private readonly client: Client,
    readonly namespace: string,
  ) {}

  /** @returns undefined when it is optional and not there */
  async values(kind: 'ConfigMap' | 'Secret', name: string, optional = false): Promise<Values | undefined> {
    const object = await this.read('v1', kind, name);
    if (!object && optional) return undefined;
    if (!object) throw new MissingReferenceError(`${kind.toLowerCase()} "${name}" not found`);
    const text: Record<string, string> = kind === 'ConfigMap' ? (object.data ?? {}) : {};
    const binary: Record<string, string> =
      kind === 'ConfigMap' ? (object.binaryData ?? {}) : (object.data ?? {});
    return {
      ...mapValues(text, (value) => Buffer.from(value)),
      ...mapValues(binary, (value) => Buffer.from(value, 'base64')),
    };
  }

  /** @returns undefined when it is optional and not there */
  async value(
    kind: 'ConfigMap' | 'Secret',
    { name, key, optional }: { name: string; key: string; optional?: boolean },
  ): Promise<Buffer | undefined> {
    const values = await this.values(kind, name, optional);
    if (values?.[key] === undefined && values && !optional) {
      throw new MissingReferenceError(`couldn't find key ${key} in ${kind} ${this.namespace}/${name}`);
    }
    return values?.[key];
  }

  async read(apiVersion: string, kind: string, name: string): Promise<KubernetesObject | undefined> {
    return this.client.read({ apiVersion, kind, name, namespace: this.namespace });
  }

  /** A token of the pod's service account as the kubelet asks for it, bound to the pod where the pod names one. */
  async token(pod: KubernetesObject, audience?: string): Promise<string> {
    const { name, uid } = pod.metadata;
    const serviceAccount = pod.spec.serviceAccountName ?? 'default';
    const boundObjectRef = { apiVersion: 'v1', kind: 'Pod', name, uid };
    const path = `/api/v1/namespaces/${this.namespace}/serviceaccounts/${serviceAccount}/token`;
    const answer = await this.client.call('POST', path, {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: {
        expirationSeconds: 3607,
        ...(pod.spec.serviceAccountName && { boundObjectRef }),
        ...(audience && { audiences: [audience] }),
      },
    });
    return answer.status.token as string;
  }
}

const mapValues = <From, To>(values: Record<string, From>, change: (value: From) => To) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
