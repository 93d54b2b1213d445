import type { Api } from './api';
import type { KindVersion } from './resource';

/**
 * The version of a kind that loses none of its fields, as the server lists the newest stable version of a group first
 * (Kubernetes docs, CRD versioning). An older one prunes what it does not know. Whoever writes in an older one makes the
 * owners of fields be forgotten: it brings defaults that the stored version does not know, and the API server then
 * removes `managedFields` (structured-merge-diff: "field not declared in schema"; apimachinery, UpdateNoErrors). Seen
 * with Backstage in v1alpha4, whose `application.replicas` v1alpha5 lacks.
 */
export async function fullVersion(api: Api, group: string, kind: string): Promise<KindVersion | undefined> {
  const [apiVersion] = await api.discovery.versionsOf(group, kind);
  return apiVersion === undefined ? undefined : { apiVersion, kind };
}
