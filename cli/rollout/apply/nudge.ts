import { RHDH_GROUP } from 'cdk8s-rhdh/operators';
import type { KubeObject } from '../bundles/manifest';
import { referenceTo, type Api } from '../kubernetes/api';
import { fullVersion } from '../kubernetes/full-version';

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
  const whole = await fullVersion(api, RHDH_GROUP, object.kind);
  await api.merge({ ...referenceTo(object), ...whole }, { metadata: { annotations } }, nudgeManager);
}
