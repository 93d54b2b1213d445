import { ApiError, isNotFound } from './api-error';
import type { Transport } from './transport';

/** How a kind is addressed. */
export interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  /** Plural, lower case: `statefulsets`. */
  readonly plural: string;
  readonly namespaced: boolean;
}

/** A kind in a version, as objects name it. */
export interface KindVersion {
  readonly apiVersion: string;
  readonly kind: string;
}

interface ResourceList {
  readonly resources: { readonly name: string; readonly kind: string; readonly namespaced: boolean }[];
}

interface GroupList {
  readonly groups: { readonly name: string; readonly versions: { readonly groupVersion: string }[] }[];
}

/** Asks the API server which kinds it serves; each answer is kept. */
export class Discovery {
  private readonly lists = new Map<string, Promise<Resource[]>>();

  constructor(private readonly transport: Transport) {}

  /** The resource of a kind, or nothing where the server does not serve it in this version. */
  async find({ apiVersion, kind }: KindVersion): Promise<Resource | undefined> {
    return (await this.served(apiVersion)).find((resource) => resource.kind === kind);
  }

  /** Asks for what `find` is about to be asked of these kinds, all at once. */
  async prepare(kinds: readonly KindVersion[]): Promise<void> {
    await Promise.all(kinds.map(({ apiVersion }) => this.served(apiVersion)));
  }

  /** @throws ApiError when the kind is not served. */
  async get(wanted: KindVersion): Promise<Resource> {
    const resource = await this.find(wanted);
    if (resource !== undefined) return resource;
    throw new ApiError(
      404,
      'NotServed',
      `the API server does not serve ${wanted.kind} in ${wanted.apiVersion}`,
    );
  }

  /** The versions that a kind of a group is served in, the server's preference first. */
  async versionsOf(group: string, kind: string): Promise<string[]> {
    const { groups } = await this.read<GroupList>('/apis');
    const versions = groups.find(({ name }) => name === group)?.versions ?? [];
    const served = await Promise.all(
      versions.map(async ({ groupVersion }) =>
        (await this.find({ apiVersion: groupVersion, kind })) ? [groupVersion] : [],
      ),
    );
    return served.flat();
  }

  /** Forgets what is served, after a CRD was applied. */
  forget(): void {
    this.lists.clear();
  }

  private served(apiVersion: string): Promise<Resource[]> {
    const known = this.lists.get(apiVersion);
    if (known !== undefined) return known;
    const list = this.list(apiVersion);
    this.lists.set(apiVersion, list);
    list.catch(() => this.lists.delete(apiVersion));
    return list;
  }

  private async list(apiVersion: string): Promise<Resource[]> {
    try {
      const { resources } = await this.read<ResourceList>(apiRoot(apiVersion));
      return resources
        .filter(({ name }) => !name.includes('/'))
        .map(({ name, kind, namespaced }) => ({ apiVersion, kind, plural: name, namespaced }));
    } catch (error) {
      if (isNotFound(error)) return [];
      throw error;
    }
  }

  private async read<T>(path: string): Promise<T> {
    return JSON.parse((await this.transport.send({ method: 'GET', path })).body) as T;
  }
}

/** `/api/v1` for the core group, `/apis/apps/v1` for the others. */
function apiRoot(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** The path of a resource's collection, or of one object. */
export function pathOf(resource: Resource, namespace: string | undefined, name?: string): string {
  const scope =
    resource.namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  const object = name === undefined ? '' : `/${encodeURIComponent(name)}`;
  return `${apiRoot(resource.apiVersion)}${scope}/${resource.plural}${object}`;
}
