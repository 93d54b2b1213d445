import type { KubernetesObject } from '../cluster/client';
import { References } from '../pods/references';

/** What a pod may refer to. */
export interface Given {
  readonly namespace: string;
  /** Secrets by name, their values decoded. */
  readonly secrets?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** ConfigMaps by name. */
  readonly configMaps?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Token of the service account, and the authority of the API server. */
  readonly serviceAccount?: { readonly token: string; readonly 'ca.crt': string };
}

/** Has what a test gives, in place of an API server. */
export class GivenReferences extends References {
  constructor(private readonly given: Given) {
    super(undefined as never, given.namespace);
  }

  override async read(apiVersion: string, kind: string, name: string): Promise<KubernetesObject | undefined> {
    const { secrets = {}, configMaps = {}, serviceAccount } = this.given;
    const object = (data?: object) =>
      data && ({ apiVersion, kind, metadata: { name }, data } as KubernetesObject);
    if (kind === 'ServiceAccount') return object(serviceAccount);
    if (kind === 'ConfigMap') return object(name === 'kube-root-ca.crt' ? serviceAccount : configMaps[name]);
    const values = Object.entries(secrets[name] ?? {});
    return object(secrets[name] && Object.fromEntries(values.map(([key, value]) => [key, encoded(value)])));
  }

  override async token(): Promise<string> {
    return this.given.serviceAccount!.token;
  }
}

const encoded = (text: string) => Buffer.from(text).toString('base64');
