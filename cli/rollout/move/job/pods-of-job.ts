import type { KubeObject } from '../../kubernetes/object';
import type { Api } from '../../kubernetes/api';
import type { LoggingContainer } from './follow-log';

/** Kubernetes writes the name of a Job on its pods (Kubernetes docs, Well-Known Labels). */
const jobLabel = 'batch.kubernetes.io/job-name';

/** The pods of a Job, the oldest first; none where they may not be listed. */
export async function podsOfJob(api: Api, job: KubeObject): Promise<KubeObject[]> {
  const { namespace, name } = job.metadata;
  try {
    const selector = `labelSelector=${encodeURIComponent(`${jobLabel}=${name}`)}`;
    const { items } = await api.list({ apiVersion: 'v1', kind: 'Pod' }, namespace, selector);
    return podsAmong(items, job);
  } catch {
    return [];
  }
}

/** Those of some pods that are a Job's, the oldest first. */
export function podsAmong(pods: readonly KubeObject[], job: KubeObject): KubeObject[] {
  const time = ({ metadata }: KubeObject) => metadata.creationTimestamp ?? '';
  return pods
    .filter(({ metadata }) => metadata.labels?.[jobLabel] === job.metadata.name)
    .sort((a, b) => (time(a) < time(b) ? -1 : 1));
}

/** The one container of such a pod. */
export function containerOf({ metadata, spec }: KubeObject): LoggingContainer {
  return {
    namespace: metadata.namespace as string,
    pod: metadata.name,
    container: spec.containers[0].name as string,
  };
}
