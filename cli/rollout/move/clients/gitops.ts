import { displayName, type KubeObject } from '../../kubernetes/object';
import { found, type Problem } from '../../findings/problem';

/** Someone who writes an object's desired state again and again, and how he is recognized and paused. */
interface GitOpsController {
  readonly name: string;
  readonly managers: readonly string[];
  readonly marks: readonly string[];
  readonly pause: string;
}

/**
 * Argo CD: resource tracking and field manager of its docs ("Resource Tracking", "Server-Side Apply"). Flux: labels
 * and field managers of its docs (kustomize-controller and helm-controller).
 */
const controllers: readonly GitOpsController[] = [
  {
    name: 'Argo CD',
    managers: ['argocd-controller', 'argocd-application-controller'],
    marks: ['argocd.argoproj.io/tracking-id', 'argocd.argoproj.io/instance'],
    pause: 'argocd app set <application> --sync-policy none',
  },
  {
    name: 'Flux',
    managers: ['kustomize-controller', 'helm-controller'],
    marks: ['kustomize.toolkit.fluxcd.io/name', 'helm.toolkit.fluxcd.io/name'],
    pause: 'flux suspend kustomization <name>',
  },
];

/** Objects that a GitOps controller would turn back while a move has stopped them, or after it. */
export function checkGitOps(objects: readonly KubeObject[], paused: boolean): Problem[] {
  return controllers.flatMap((controller): Problem[] => {
    const owned = objects.filter((object) => isManagedBy(controller, object)).map(displayName);
    if (owned.length === 0) return [];
    return [
      found('gitops', {
        severity: paused ? 'warning' : 'error',
        message: `${controller.name} manages ${owned.join(', ')}, and would turn back what the move does`,
        advice: paused
          ? 'Commit the new bundles before its sync resumes.'
          : `Pause its sync (${controller.pause}), run again with --gitops-paused, and commit the new bundles before you resume it.`,
      }),
    ];
  });
}

function isManagedBy({ managers, marks }: GitOpsController, { metadata }: KubeObject): boolean {
  const carried = { ...metadata.labels, ...metadata.annotations };
  return (
    marks.some((mark) => mark in carried) ||
    (metadata.managedFields ?? []).some(
      ({ manager, subresource }) => !subresource && managers.includes(manager),
    )
  );
}
