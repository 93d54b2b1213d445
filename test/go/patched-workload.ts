import { GoProgram } from './program';

const library = new GoProgram('patch');

/** `apps/v1` Deployment or StatefulSet. */
export interface Workload {
  readonly apiVersion: string;
  readonly kind: string;
  readonly [field: string]: any;
}

/**
 * What the operator makes of its own workload and `spec.deployment.patch`, by the libraries that it merges with.
 * @param listMergeMode the annotation `rhdh.redhat.com/deployment-patch-list-merge-mode`, `append` or
 *   `prepend`, since 1.10
 * @throws LibraryError where the operator cannot merge or the result is no such workload
 */
export async function patchedWorkload(
  workload: Workload,
  patch: object,
  listMergeMode?: string,
): Promise<Workload> {
  return library.ask({ workload, patch, listMergeMode });
}
