import { request, type RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };

type Library = typeof import('@kubernetes/client-node', { with: { 'resolution-mode': 'import' } });

/** An object of any kind, as the API server sends it. */

export type KubernetesObject = Record<string, any> & {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    uid?: string;
    generation?: number;
    resourceVersion?: string;
    deletionTimestamp?: unknown;
    finalizers?: string[];
    deletionGracePeriodSeconds?: number;
    ownerReferences?: OwnerReference[];
    managedFields?: { manager: string }[];
  };
};

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}

/** What identifies an object in the cluster. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** What the API server answers when it refuses. */
export class RefusedError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The few calls that tests and doubles need, on objects of any kind.
 *
 * Connection and watches are the official client's. Objects travel as they are: its typed models would drop the
 * fields they do not know.
 */
export class Client {
  static async connect(kubeconfig: string): Promise<Client> {
    const library = await import('@kubernetes/client-node');
    const config = new library.KubeConfig();
    config.loadFromFile(kubeconfig);
    return new Client(library, config);
  }

  private readonly resources = new Map<
    string,
    Promise<{ name: string; kind: string; namespaced: boolean }[]>
  >();

  private constructor(
    private readonly library: Library,
    private readonly config: KubeConfig,
  ) {}

  /** Server-side apply, taking over fields of other managers. */
  async apply(object: KubernetesObject, fieldManager = 'test'): Promise<KubernetesObject> {
    const path = `${await this.path(referenceTo(object))}?fieldManager=${fieldManager}&force=true`;
    return this.call('PATCH', path, object, 'application/apply-patch+yaml');
  }

  async create(object: KubernetesObject, fieldManager = 'test'): Promise<KubernetesObject> {
    const path = await this.path({ ...referenceTo(object), name: '' });
    return this.call('POST', `${path}?fieldManager=${fieldManager}`, object);
  }

  /** Replaces an object, whose `resourceVersion` makes it fail where somebody else was faster. */
  async update(
    object: KubernetesObject,
    fieldManager: string,
    subresource?: string,
  ): Promise<KubernetesObject> {
    const path = [await this.path(referenceTo(object)), subresource].filter(Boolean).join('/');
    return this.call('PUT', `${path}?fieldManager=${fieldManager}`, object);
  }

  /** Merge patch (RFC 7386). */
  async merge(reference: ObjectReference, patch: object, subresource?: string): Promise<KubernetesObject> {
    const path = [await this.path(reference), subresource].filter(Boolean).join('/');
    return this.call('PATCH', path, patch, 'application/merge-patch+json');
  }

  /** @returns undefined when there is no such object */
  async read(reference: ObjectReference): Promise<KubernetesObject | undefined> {
    return this.unlessMissing(this.call('GET', await this.path(reference)));
  }

  async list(apiVersion: string, kind: string, namespace?: string): Promise<KubernetesObject[]> {
    const list = await this.call('GET', await this.path({ apiVersion, kind, name: '', namespace }));
    return (list.items as KubernetesObject[]).map((item) => ({ ...item, apiVersion, kind }));
  }

  /** Asks for the deletion of an object; nothing happens when there is none. */
  async delete(reference: ObjectReference): Promise<void> {
    await this.unlessMissing(this.call('DELETE', await this.path(reference)));
  }

  /** A token of a service account, in a form that ends with the service account itself. */
  async issueToken(namespace: string, serviceAccount: string): Promise<string> {
    const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${serviceAccount}/token`;
    const answer = await this.call('POST', path, {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds: 3600 },
    });
    return answer.status.token as string;
  }

  /**
   * Calls back with every object of a kind, and again whenever one changes or goes, also after the API server
   * was away. @returns what ends it
   */
  async watch(
    { namespace, ...kind }: Omit<ObjectReference, 'name'>,
    changed: (object: KubernetesObject, gone: boolean) => void,
  ): Promise<() => Promise<void>> {
    const path = await this.path({ ...kind, namespace, name: '' });
    const informer = this.library.makeInformer(this.config, path, () => this.call('GET', path) as never);
    let ended = false;
    const start = () => {
      if (!ended) informer.start().catch(() => setTimeout(start, 200).unref());
    };
    for (const event of ['add', 'update', 'delete'] as const) {
      const gone = event === 'delete';
      informer.on(event, (object) => changed({ ...object, ...kind } as KubernetesObject, gone));
    }
    informer.on('error', () => setTimeout(start, 200).unref());
    await informer.start();
    return async () => {
      ended = true;
      await informer.stop();
    };
  }

  /** Where and as whom this client is connected, of a kubeconfig with a token. */
  connection(): { server: string; ca?: string; token: string } {
    const { server, caData } = this.config.getCurrentCluster()!;
    const ca = caData && Buffer.from(caData, 'base64').toString();
    return { server, ca, token: this.config.getCurrentUser()?.token ?? '' };
  }

  /** One request to the API server. */
  async call(
    method: string,
    path: string,
    body?: object,
    contentType = 'application/json',
  ): Promise<KubernetesObject> {
    const url = new URL(path, this.config.getCurrentCluster()!.server);
    const options: RequestOptions = {
      method,
      headers: { Accept: 'application/json', 'Content-Type': contentType },
    };
    await this.config.applyToHTTPSOptions(options);
    const sending = body && JSON.stringify(body);
    // Node sends no length of its own with DELETE, so that the body would be lost.
    if (sending) Object.assign(options.headers!, { 'Content-Length': Buffer.byteLength(sending) });
    const { status, text } = await new Promise<{ status: number; text: string }>((resolve, reject) => {
      const sent = request(url, options, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.once('end', () => resolve({ status: response.statusCode!, text }));
        response.once('error', reject);
      });
      sent.once('error', reject).end(sending);
    });
    if (status >= 300) {
      const message = text.startsWith('{') ? (JSON.parse(text) as { message: string }).message : text;
      throw new RefusedError(status, `${method} ${path}: ${status} ${message}`);
    }
    return (text.startsWith('{') ? JSON.parse(text) : { text }) as KubernetesObject;
  }

  private async path({ apiVersion, kind, name, namespace }: ObjectReference): Promise<string> {
    const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const resource = await this.resource(group, kind);
    const scope = namespace && resource.namespaced ? `/namespaces/${namespace}` : '';
    return `${group}${scope}/${resource.name}${name && `/${name}`}`;
  }

  private async resource(group: string, kind: string) {
    const find = async () => {
      if (!this.resources.has(group)) {
        this.resources.set(
          group,
          this.call('GET', group).then((list) => list.resources),
        );
      }
      return (await this.resources.get(group)!).find(
        (resource) => resource.kind === kind && !resource.name.includes('/'),
      );
    };
    let resource = await find().catch(() => undefined);
    if (!resource) {
      this.resources.delete(group);
      resource = await find();
    }
    if (!resource) throw new Error(`The API server knows no ${kind} in ${group}.`);
    return resource;
  }

  private async unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof RefusedError && error.status === 404) return undefined;
      throw error;
    }
  }
}

export const referenceTo = ({ apiVersion, kind, metadata }: KubernetesObject): ObjectReference => ({
  apiVersion,
  kind,
  name: metadata.name,
  namespace: metadata.namespace,
});
