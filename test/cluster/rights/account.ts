import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../client';
import type { Cluster } from '../cluster';
import { cli, type Ended } from '../faults/cli';
import { FaultProxy, type Seen } from '../faults/proxy';

const rbac = 'rbac.authorization.k8s.io';

interface RoleRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

/** Who has the rights that `cdk8s-rhdh rights` prints for a command, and no others. */
export class Account {
  /** @param options of `rights` */
  static async open(
    cluster: Cluster,
    { namespace, folder, kubeconfig }: { namespace: string; folder: string; kubeconfig: string },
    command: string,
    ...options: string[]
  ): Promise<Account> {
    const printed = await cli(kubeconfig, 'rights', command, folder, ...options);
    if (printed.code !== 0) throw new Error(printed.output);
    const roles = parseAllDocuments(printed.stdout).map((document) => document.toJS() as KubernetesObject);
    const name = `only-${command}${options.join('')}`;
    const { client } = cluster;
    await client.apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } });
    const subjects = [{ kind: 'ServiceAccount', name, namespace }];
    for (const role of roles) {
      await client.apply(role);
      const { kind, metadata } = role;
      await client.apply({
        apiVersion: `${rbac}/v1`,
        kind: `${kind}Binding`,
        metadata: { name: `${metadata.name}-${namespace}`, namespace: metadata.namespace },
        roleRef: { apiGroup: rbac, kind, name: metadata.name },
        subjects,
      } as KubernetesObject);
    }
    const token = await client.issueToken(namespace, name);
    const proxy = await FaultProxy.start(cluster);
    const own = cluster.kubeconfigFor({ token, namespace, user: name, server: proxy.server });
    return new Account(own, folder, command, roles, proxy);
  }

  private constructor(
    private readonly kubeconfig: string,
    private readonly folder: string,
    private readonly command: string,
    readonly roles: readonly KubernetesObject[],
    private readonly proxy: FaultProxy,
  ) {}

  run(...options: string[]): Promise<Ended> {
    return cli(this.kubeconfig, this.command, this.folder, ...options);
  }

  /** Requests that were refused to the account. */
  get denied(): string[] {
    return this.proxy.seen
      .filter(({ status }) => status === 403)
      .map(({ method, url }) => `${method} ${url}`);
  }

  /**
   * What the roles allow and no request has needed: `patch configmaps/x`.
   *
   * @param granted rules of roles in the bundles: nobody may give what he does not have
   */
  unused(granted: readonly string[] = []): string[] {
    const used = new Set([...this.proxy.seen.flatMap(usesOf), ...granted]);
    return this.roles
      .flatMap(({ rules }) => rules as RoleRule[])
      .flatMap(({ resources, resourceNames, verbs }) =>
        verbs.flatMap((verb) =>
          resources.flatMap((resource) =>
            (resourceNames ?? ['']).map((name) => `${verb} ${resource}/${name}`),
          ),
        ),
      )
      .filter((use) => !used.has(use))
      .sort();
  }

  async close(): Promise<void> {
    await this.proxy.stop();
  }
}

const verbs: Readonly<Record<string, string>> = {
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

/** What of RBAC a request needs, of one object and of the whole kind. */
function usesOf({ method, url, watch, status }: Seen): string[] {
  const { pathname, searchParams } = new URL(url, 'https://any');
  const match =
    /^\/(?:api|apis\/[^/]+)\/v[^/]+\/(?:namespaces\/[^/]+\/(?=.))?([^/]+)(?:\/([^/]+))?(?:\/(.+))?$/.exec(
      pathname,
    );
  if (!match) return [];
  const [, plural, path = '', subresource] = match;
  const name = path || (/^metadata\.name=(.*)$/.exec(searchParams.get('fieldSelector') ?? '')?.[1] ?? '');
  const resource = subresource ? `${plural}/${subresource}` : plural;
  const verb = method === 'GET' ? (watch ? 'watch' : path ? 'get' : 'list') : verbs[method]!;
  const creates = method === 'PATCH' && status === 201 ? ['create'] : [];
  return [verb, ...creates].flatMap((one) => [`${one} ${resource}/${name}`, `${one} ${resource}/`]);
}
