import { rhdhGroup } from 'cdk8s-rhdh/operators';
import type { KubeObject } from '../kubernetes/object';
import { referenceTo, type Api, type ObjectReference } from '../kubernetes/api';

/** When an operator was last made to look at an object again. */
export const nudgeAnnotation = 'cdk8s-rhdh/looked-at-again';

/** Owner of that annotation alone, so that applying a bundle leaves it where it is. */
export const nudgeManager = 'cdk8s-rhdh-nudge';

/**
 * Makes an operator look at an object again. RHDH's operator does not hear of a ConfigMap that was deleted and made
 * again, which has no label yet, and overlooks a change while its cache is behind (rhdh-operator,
 * internal/controller/watchers.go); any write to the resource is heard.
 *
 * The annotation stays. Neither Argo CD nor Flux touches annotations that their manifests do not have.
 */
export async function nudge(api: Api, object: KubeObject): Promise<void> {
  const annotations = { [nudgeAnnotation]: new Date().toISOString() };
  await api.merge(await asRecorded(api, object), { metadata: { annotations } }, nudgeManager);
}

/**
 * The object in the newest version in which somebody's fields are recorded. A write in an older one brings defaults that
 * the newer one does not know, and the API server then forgets all owners of fields (apimachinery, `UpdateNoErrors`:
 * "field not declared in schema"). Seen with a hub that is applied in v1alpha4 and whose operator writes v1alpha5, which
 * has no `application.replicas`. A newer one would do the same at the operator's next write.
 */
async function asRecorded(api: Api, object: KubeObject): Promise<ObjectReference> {
  const live = await api.find(referenceTo(object));
  const recorded = new Set(live?.metadata.managedFields?.map(({ apiVersion }) => apiVersion));
  const served = await api.discovery.versionsOf(rhdhGroup, object.kind);
  const apiVersion = served.find((version) => recorded.has(version));
  return { ...referenceTo(object), ...(apiVersion !== undefined && { apiVersion }) };
}
