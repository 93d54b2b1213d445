import type { KubeObject } from './object';
import { isNotFound } from './api-error';
import type { Connection } from './connection';
import { parseJson } from './json';
import { Discovery, pathOf, type KindVersion, type Resource } from './resource';
import {
  Transport,
  type ApiAnswer,
  type ApiRequest,
  type RequestConditions,
  type TransportOptions,
} from './transport';

/** Which object: its kind, where it is and its name. */
export interface ObjectReference extends KindVersion {
  readonly namespace?: string;
  readonly name: string;
}

/** How an object is applied. */
export interface ServerSideApplyOptions {
  /** Validates and answers as if, and writes nothing. @default false */
  readonly dryRun?: boolean;
  /** Takes fields over from other managers. @default false: a conflict is an error */
  readonly force?: boolean;
  /** Owner of the fields. @default fieldManager */
  readonly manager?: string;
}

/** A list and the version that a watch goes on from. */
export interface ObjectList {
  readonly items: KubeObject[];
  readonly resourceVersion: string;
}

/** The owner of the fields that this tool applies, in `managedFields`. */
export const fieldManager = 'cdk8s-rhdh';

/** The Kubernetes API, for objects of any kind. Every method throws what `Transport.send` throws. */
export class Api {
  readonly discovery: Discovery;

  constructor(
    readonly transport: Transport,
    private readonly conditions: RequestConditions = {},
    discovery = new Discovery(transport),
  ) {
    this.discovery = discovery;
  }

  static over(connection: Connection, options?: TransportOptions): Api {
    return new Api(new Transport(connection, options));
  }

  /** The same API under conditions that hold for every request. */
  under(conditions: RequestConditions): Api {
    return new Api(this.transport, conditions, this.discovery);
  }

  /** The object, or nothing where it does not exist. */
  async find(reference: ObjectReference): Promise<KubeObject | undefined> {
    const resource = await this.discovery.find(reference);
    if (resource === undefined) return undefined;
    try {
      return await this.call<KubeObject>({
        method: 'GET',
        path: pathOf(resource, reference.namespace, reference.name),
      });
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  /** The same with nothing but metadata: the values of a Secret stay where they are. */
  async findMetadata(reference: ObjectReference): Promise<KubeObject | undefined> {
    const { apiVersion, kind, namespace, name } = reference;
    const resource = await this.discovery.get(reference);
    const accept = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';
    try {
      const path = pathOf(resource, namespace, name);
      return { ...(await this.call<KubeObject>({ method: 'GET', path, accept })), apiVersion, kind };
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  /** All objects of a kind, in a namespace or everywhere. */
  async list(kind: KindVersion, namespace?: string, query = ''): Promise<ObjectList> {
    const resource = await this.discovery.get(kind);
    const path = `${pathOf(resource, namespace)}${query === '' ? '' : `?${query}`}`;
    return this.listAt(path, kind);
  }

  /** The same with nothing but metadata: values of Secrets stay where they are. */
  async listMetadata(kind: KindVersion, namespace?: string): Promise<ObjectList> {
    const resource = await this.discovery.get(kind);
    const accept = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
    return this.listAt(pathOf(resource, namespace), kind, accept);
  }

  /** Server-side apply with strict field validation. */
  async apply(object: KubeObject, options: ServerSideApplyOptions = {}): Promise<KubeObject> {
    const resource = await this.discovery.get(object);
    const query = new URLSearchParams({
      fieldManager: options.manager ?? fieldManager,
      fieldValidation: 'Strict',
    });
    if (options.dryRun) query.set('dryRun', 'All');
    if (options.force) query.set('force', 'true');
    return this.call<KubeObject>({
      method: 'PATCH',
      path: `${pathOf(resource, object.metadata.namespace, object.metadata.name)}?${query}`,
      body: object,
      contentType: 'application/apply-patch+yaml',
    });
  }

  async create(object: KubeObject, query: Record<string, string> = {}): Promise<KubeObject> {
    const resource = await this.discovery.get(object);
    const parameters = new URLSearchParams({ fieldManager, fieldValidation: 'Strict', ...query });
    return this.call<KubeObject>({
      method: 'POST',
      path: `${pathOf(resource, object.metadata.namespace)}?${parameters}`,
      body: object,
    });
  }

  /** Replaces the object; `resourceVersion` in it makes the write fail where somebody was faster. */
  async replace(object: KubeObject, manager = fieldManager): Promise<KubeObject> {
    const resource = await this.discovery.get(object);
    const path = `${pathOf(resource, object.metadata.namespace, object.metadata.name)}?fieldManager=${manager}`;
    return this.call<KubeObject>({ method: 'PUT', path, body: object });
  }

  /** JSON merge patch (RFC 7386): `null` removes a field; `resourceVersion` in it makes it fail like a replace. */
  async merge(
    { namespace, name, ...kind }: ObjectReference,
    patch: Readonly<Record<string, unknown>>,
    manager = fieldManager,
  ): Promise<KubeObject> {
    const path = `${pathOf(await this.discovery.get(kind), namespace, name)}?fieldManager=${manager}`;
    return this.call<KubeObject>({
      method: 'PATCH',
      path,
      body: patch,
      contentType: 'application/merge-patch+json',
    });
  }

  /** Deletes the object; one that is gone already is fine. `Foreground` waits for what it owns. */
  async delete(
    reference: ObjectReference,
    options: {
      propagationPolicy?: 'Background' | 'Foreground';
      preconditions?: { uid?: string; resourceVersion?: string };
    } = {},
  ): Promise<void> {
    const resource = await this.discovery.get(reference);
    try {
      await this.call({
        method: 'DELETE',
        path: pathOf(resource, reference.namespace, reference.name),
        body: options,
      });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  /** Version of the API server: `v1.34.4`. */
  async version(): Promise<string> {
    return (await this.call<{ gitVersion: string }>({ method: 'GET', path: '/version' })).gitVersion;
  }

  /** A resource below an object, or any other path: `pods/x/log`. */
  async text(path: string): Promise<string> {
    return (await this.send({ method: 'GET', path, accept: '*/*' })).body;
  }

  async call<T>(request: ApiRequest): Promise<T> {
    return parseJson((await this.send(request)).body) as T;
  }

  send(request: ApiRequest): Promise<ApiAnswer> {
    return this.transport.send({ ...this.conditions, ...request });
  }

  private async listAt(
    path: string,
    { apiVersion, kind }: KindVersion,
    accept?: string,
  ): Promise<ObjectList> {
    const answer = await this.call<{ items?: KubeObject[]; metadata: { resourceVersion: string } }>({
      method: 'GET',
      path,
      accept,
    });
    const items = (answer.items ?? []).map((item) => ({ ...item, apiVersion, kind }));
    return { items, resourceVersion: answer.metadata.resourceVersion };
  }

  resource(kind: KindVersion): Promise<Resource> {
    return this.discovery.get(kind);
  }
}

/** The reference of an object. */
export function referenceTo({ apiVersion, kind, metadata }: KubeObject): ObjectReference {
  return { apiVersion, kind, namespace: metadata.namespace, name: metadata.name };
}
