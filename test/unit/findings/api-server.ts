import type { KubeObject } from '../../../cli/rollout/kubernetes/object';
import { Api } from '../../../cli/rollout/kubernetes/api';
import { apiErrorOf } from '../../../cli/rollout/kubernetes/api-error';
import { Transport, type ApiAnswer, type ApiRequest } from '../../../cli/rollout/kubernetes/transport';
import { noConnection } from '../no-connection';

/** Kinds of Kubernetes and of both operators: version, kind, plural; those without a namespace are marked. */
const served: readonly (readonly [string, string, string, 'cluster'?])[] = [
  ['v1', 'Namespace', 'namespaces', 'cluster'],
  ['v1', 'ConfigMap', 'configmaps'],
  ['v1', 'Secret', 'secrets'],
  ['v1', 'Pod', 'pods'],
  ['v1', 'PersistentVolumeClaim', 'persistentvolumeclaims'],
  ['apps/v1', 'Deployment', 'deployments'],
  ['apps/v1', 'StatefulSet', 'statefulsets'],
  ['batch/v1', 'Job', 'jobs'],
  ['coordination.k8s.io/v1', 'Lease', 'leases'],
  ['rhdh.redhat.com/v1alpha4', 'Backstage', 'backstages'],
  ['sonataflow.org/v1alpha08', 'SonataFlow', 'sonataflows'],
  ['sonataflow.org/v1alpha08', 'SonataFlowPlatform', 'sonataflowplatforms'],
];

/**
 * An API server with these objects, and nothing but the requests that read: any other is an error of the test.
 *
 * @param forbidden resources that the user may not use, by their plural
 */
export function apiWith(objects: readonly KubeObject[], forbidden: readonly string[] = []): Api {
  return new Api(new ReadOnlyServer(objects, forbidden));
}

class ReadOnlyServer extends Transport {
  constructor(
    private readonly objects: readonly KubeObject[],
    private readonly forbidden: readonly string[],
  ) {
    super(noConnection);
  }

  override send(request: ApiRequest): Promise<ApiAnswer> {
    return Promise.resolve().then(() => ({ status: 200, body: JSON.stringify(this.answer(request)) }));
  }

  private answer({ method, path, body }: ApiRequest): unknown {
    const url = new URL(path, 'https://unit.test');
    if (method === 'POST') return this.review(url.pathname, body);
    if (method !== 'GET') throw new Error(`${method} ${path} writes`);
    return this.discovery(url.pathname) ?? this.read(url);
  }

  private discovery(path: string): unknown {
    if (path === '/version') return { gitVersion: 'v1.34.4' };
    if (path === '/apis') {
      const groups = served.filter(([version]) => version.includes('/'));
      const names = new Set(groups.map(([version]) => version.split('/')[0] as string));
      const versionsOf = (name: string) => [
        ...new Set(groups.map(([version]) => version).filter((version) => version.startsWith(`${name}/`))),
      ];
      return {
        groups: [...names].map((name) => ({
          name,
          versions: versionsOf(name).map((groupVersion) => ({ groupVersion })),
        })),
      };
    }
    const root = /^\/(?:api\/v1|apis\/[^/]+\/[^/]+)$/.exec(path);
    if (root === null) return undefined;
    const resources = served
      .filter(([version]) => rootOf(version) === path)
      .map(([, kind, name, scope]) => ({ name, kind, namespaced: scope !== 'cluster' }));
    if (resources.length === 0) throw status(404, 'NotFound', 'the server could not find the resource');
    return { resources };
  }

  private read(url: URL): unknown {
    const [, version, kind, plural] =
      served
        .map(([apiVersion, ...rest]) => [rootOf(apiVersion), apiVersion, ...rest] as const)
        .map(([root, ...rest]) => [root, rest[0], rest[1], rest[2]] as const)
        .find(
          ([root, , , name]) =>
            url.pathname.startsWith(`${root}/`) &&
            new RegExp(`^/(?:namespaces/[^/]+/)?${name}(?:/[^/]+)?$`).test(url.pathname.slice(root.length)),
        ) ?? [];
    if (version === undefined || plural === undefined) throw new Error(`GET ${url.pathname} is not served`);
    if (this.forbidden.includes(plural)) throw status(403, 'Forbidden', `cannot read ${plural}`);
    const [, namespace, name] = new RegExp(`(?:/namespaces/([^/]+))?/${plural}(?:/([^/]+))?$`).exec(
      url.pathname,
    ) as RegExpExecArray;
    const selected = /^metadata\.name=(.+)$/.exec(url.searchParams.get('fieldSelector') ?? '')?.[1] ?? name;
    const items = this.objects.filter(
      (object) =>
        object.apiVersion === version &&
        object.kind === kind &&
        (namespace === undefined || object.metadata.namespace === namespace) &&
        (selected === undefined || object.metadata.name === selected),
    );
    if (name === undefined) return { metadata: { resourceVersion: '1' }, items };
    if (items.length === 0) throw status(404, 'NotFound', `${plural} "${name}" not found`);
    return items[0];
  }

  /** Nothing is known beforehand, so every right is asked for by itself. */
  private review(path: string, body: unknown): unknown {
    if (path.endsWith('/selfsubjectrulesreviews')) return { status: { resourceRules: [], incomplete: true } };
    if (!path.endsWith('/selfsubjectaccessreviews')) throw new Error(`POST ${path} writes`);
    const { spec } = body as { spec: { resourceAttributes: { resource: string } } };
    return { status: { allowed: !this.forbidden.includes(spec.resourceAttributes.resource) } };
  }
}

const rootOf = (version: string) => (version.includes('/') ? `/apis/${version}` : `/api/${version}`);

const status = (code: number, reason: string, message: string) =>
  apiErrorOf(code, JSON.stringify({ kind: 'Status', reason, message, code }));
