import type { KubeObject } from '../kubernetes/object';
import { conditionOf, conditionText } from '../gates/gate';

/** A container of a pod that does not run as it should. */
export interface ContainerTrouble {
  readonly pod: string;
  /** Nothing where the pod as a whole is in trouble: it cannot be scheduled. */
  readonly container?: string;
  /** `ImagePullBackOff: Back-off pulling image …` */
  readonly reason: string;
  /** It ran and ended, so it has log lines of the run before. */
  readonly restarted: boolean;
}

interface ContainerStatus {
  readonly name: string;
  readonly restartCount?: number;
  readonly state?: {
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly terminated?: { readonly reason?: string; readonly message?: string; readonly exitCode: number };
  };
}

/** Reasons of waiting that belong to every start. */
const starting = new Set(['ContainerCreating', 'PodInitializing']);

/** What keeps a pod from becoming ready, as the kubelet and the scheduler say. */
export function troublesOf(pod: KubeObject): ContainerTrouble[] {
  const { name } = pod.metadata;
  const scheduled = conditionOf(pod, 'PodScheduled');
  if (scheduled?.status === 'False') {
    return [{ pod: name, reason: conditionText(scheduled), restarted: false }];
  }
  const statuses: ContainerStatus[] = [
    ...(pod.status?.initContainerStatuses ?? []),
    ...(pod.status?.containerStatuses ?? []),
  ];
  return statuses.flatMap(({ name: container, restartCount = 0, state }): ContainerTrouble[] => {
    const { waiting, terminated } = state ?? {};
    if (waiting?.reason !== undefined && !starting.has(waiting.reason)) {
      return [{ pod: name, container, reason: conditionTextOf(waiting), restarted: restartCount > 0 }];
    }
    if (terminated !== undefined && terminated.exitCode !== 0) {
      const reason = `${terminated.reason ?? 'Error'} (exit code ${terminated.exitCode})`;
      return [{ pod: name, container, reason, restarted: false }];
    }
    return [];
  });
}

/** `pod x, container y: reason` */
export function troubleText({ pod, container, reason }: ContainerTrouble): string {
  return `pod ${pod}${container === undefined ? '' : `, container ${container}`}: ${reason}`;
}

function conditionTextOf({ reason, message }: { reason?: string; message?: string }): string {
  return message === undefined || message === '' ? (reason as string) : `${reason}: ${message}`;
}
