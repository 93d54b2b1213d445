/** What a container is doing, as `status.containerStatuses[].state` says it. */
export type ContainerState =
  | { readonly waiting: { readonly reason: string; readonly message?: string } }
  | { readonly running: { readonly startedAt: string } }
  | { readonly terminated: Terminated };

export interface Terminated {
  readonly exitCode: number;
  readonly reason: 'Completed' | 'Error';
  readonly startedAt: string;
  readonly finishedAt: string;
}

export interface ContainerStatus {
  readonly name: string;
  readonly image: string;
  readonly imageID: string;
  readonly ready: boolean;
  readonly started: boolean;
  readonly restartCount: number;
  readonly state: ContainerState;
  readonly lastState?: ContainerState;
}

export type RestartPolicy = 'Always' | 'OnFailure' | 'Never';
export type Phase = 'Pending' | 'Running' | 'Succeeded' | 'Failed';

export interface PodState {
  readonly restartPolicy: RestartPolicy;
  readonly initContainers: readonly ContainerStatus[];
  readonly containers: readonly ContainerStatus[];
  /** Whether the pod is being deleted, so that nothing is started again. */
  readonly ending: boolean;
}

const isDone = ({ state }: ContainerStatus) => 'terminated' in state;
const exitCode = ({ state }: ContainerStatus) => ('terminated' in state ? state.terminated.exitCode : 0);
const wasStarted = ({ state, lastState }: ContainerStatus) =>
  !('waiting' in state) || lastState !== undefined;

/** The phase of a pod (`getPhase` in `pkg/kubelet/kubelet_pods.go` of Kubernetes). */
export function phaseOf({ restartPolicy, initContainers, containers, ending }: PodState): Phase {
  const again = (code: number) =>
    !ending && (restartPolicy === 'Always' || (restartPolicy === 'OnFailure' && code !== 0));
  const initFailed = initContainers.find((status) => isDone(status) && exitCode(status) !== 0);
  if (initFailed) return again(exitCode(initFailed)) ? 'Pending' : 'Failed';
  if (ending && containers.every((status) => isDone(status) || !wasStarted(status))) {
    return containers.every((status) => isDone(status) && exitCode(status) === 0) ? 'Succeeded' : 'Failed';
  }
  if (!initContainers.every(isDone)) return 'Pending';
  if (containers.some((status) => !wasStarted(status))) return 'Pending';
  if (containers.some((status) => !isDone(status) || again(exitCode(status)))) return 'Running';
  return containers.every((status) => exitCode(status) === 0) ? 'Succeeded' : 'Failed';
}

/** The conditions that a kubelet keeps (`pkg/kubelet/status/generate.go`). */
export function conditionsOf(state: PodState): { type: string; status: 'True' | 'False'; reason?: string }[] {
  const phase = phaseOf(state);
  const initialized = state.initContainers.every((status) => isDone(status) && exitCode(status) === 0);
  const ended = phase === 'Succeeded' ? 'PodCompleted' : phase === 'Failed' ? 'PodFailed' : undefined;
  const ready = !ended && initialized && state.containers.every((status) => status.ready);
  const condition = (type: string, holds: boolean, reason: string) =>
    holds ? { type, status: 'True' as const } : { type, status: 'False' as const, reason };
  return [
    condition('PodScheduled', true, ''),
    condition('Initialized', initialized || phase === 'Succeeded', 'ContainersNotInitialized'),
    condition('ContainersReady', ready, ended ?? 'ContainersNotReady'),
    condition('Ready', ready, ended ?? 'ContainersNotReady'),
  ];
}
