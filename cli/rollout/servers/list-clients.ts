import { rhdhGroup, sonataflowGroup } from 'cdk8s-rhdh/operators';
import type { KubeObject } from '../kubernetes/object';
import type { Api } from '../kubernetes/api';
import type { KindVersion } from '../kubernetes/resource';

/** Kinds whose pods may use a hub's database. */
const clientKinds: readonly { readonly group: string; readonly kind: string }[] = [
  { group: rhdhGroup, kind: 'Backstage' },
  { group: sonataflowGroup, kind: 'SonataFlowPlatform' },
  { group: sonataflowGroup, kind: 'SonataFlow' },
  { group: 'apps', kind: 'Deployment' },
  { group: 'apps', kind: 'StatefulSet' },
];

/** All objects of a namespace whose pods may use a hub's database. */
export async function listClients(api: Api, namespace: string): Promise<KubeObject[]> {
  const versions = await clientVersions(api);
  const lists = await Promise.all(versions.map((version) => api.list(version, namespace)));
  return lists.flatMap(({ items }) => items);
}

/** The kinds of these objects that the server serves. */
export async function clientVersions(api: Api): Promise<KindVersion[]> {
  const versions = await Promise.all(clientKinds.map(({ group, kind }) => fullVersion(api, group, kind)));
  return versions.filter((version) => version !== undefined);
}

/**
 * The object in the version that loses none of its fields: an older one would prune what it does not know, and the
 * owners of its fields are forgotten when they are written in an older version than they were recorded in.
 */
export async function findWhole(api: Api, object: KubeObject): Promise<KubeObject | undefined> {
  const [group, version] = object.apiVersion.split('/') as [string, string?];
  const whole = version === undefined ? undefined : await fullVersion(api, group, object.kind);
  const { namespace, name } = object.metadata;
  return api.find({ ...(whole ?? { apiVersion: object.apiVersion, kind: object.kind }), namespace, name });
}

/** The server lists the newest stable version of a group first (Kubernetes docs, CRD versioning). */
async function fullVersion(api: Api, group: string, kind: string): Promise<KindVersion | undefined> {
  const [apiVersion] = await api.discovery.versionsOf(group, kind);
  return apiVersion === undefined ? undefined : { apiVersion, kind };
}
