import { webhookAway } from '../kubernetes/api-error';

/** A reason for which a pod does not run, or is not made, and that passes by itself. */
export interface PassingReason {
  /** What it is, for the documentation. */
  readonly what: string;
  /** `reason: message`, in the words of Kubernetes. */
  readonly says: RegExp;
  /** A message as it is seen. */
  readonly example: string;
}

/** A registry or a network that does not answer now; all else that is said of a pull is about the image or the login. */
const unanswered =
  /timeout|timed out|deadline exceeded|connection (refused|reset)|no such host|temporary failure|unexpected EOF|too ?many ?requests|\b429\b|\b50[0234]\b|pull QPS exceeded/i;

const pull = (cause: RegExp) => new RegExp(`^(ErrImagePull|ImagePullBackOff): .*(${cause.source})`, 'is');

/**
 * What is waited for as long as the stage's timeout: Kubernetes tries again, and what is missing may come without
 * anybody. All other reasons need a person, and end the wait after the patience.
 */
export const passingReasons: readonly PassingReason[] = [
  {
    // kube-scheduler, framework/plugins/noderesources/fit.go, volumebinding/volume_binding.go and others
    what: 'no node has room for a pod, or its volume is not bound yet: an autoscaler, a provisioner or the end of other pods helps',
    says: /^Unschedulable\b/,
    example: 'Unschedulable: 0/3 nodes are available: 3 Insufficient memory.',
  },
  {
    // kube-apiserver, registry/core/pod/strategy.go
    what: 'a pod whose scheduling is gated, by Kueue for example',
    says: /^SchedulingGated\b/,
    example: 'SchedulingGated: Scheduling is blocked due to non-empty scheduling gates',
  },
  {
    // kubelet, images/image_manager.go and helpers.go; the cause is the container runtime's
    what: 'a registry that does not answer, or that limits the rate',
    says: pull(unanswered),
    example:
      'ImagePullBackOff: Back-off pulling image "quay.io/rhdh/hub:1.9": ErrImagePull: dial tcp: i/o timeout',
  },
  {
    // cri-api, pkg/errors/errors.go
    what: 'a registry that is unavailable',
    says: /^RegistryUnavailable\b/,
    example:
      'RegistryUnavailable: image pull failed for quay.io/rhdh/hub:1.9 because the registry is unavailable.',
  },
  {
    // kubelet, util/manager/watch_based_manager.go
    what: 'a ConfigMap or Secret that the kubelet has not read yet',
    says: /^CreateContainerConfigError: failed to sync (configmap|secret) cache/,
    example: 'CreateContainerConfigError: failed to sync secret cache: timed out waiting for the condition',
  },
  {
    // the container runtime, by way of kubelet, kuberuntime/kuberuntime_container.go
    what: 'a container runtime that is slow',
    says: /^CreateContainerError: .*(deadline exceeded|is reserved for)/s,
    example: 'CreateContainerError: context deadline exceeded',
  },
  {
    // apiserver, pkg/util/webhook/error.go, by way of the replica set controller's condition
    what: 'an admission webhook that is not up yet',
    says: new RegExp(`^FailedCreate: .*${webhookAway.source}`, 's'),
    example:
      'FailedCreate: Internal error occurred: failed calling webhook "pods.example.com": failed to call webhook: no endpoints available for service "webhook"',
  },
];

/** Whether a reason, as `reason: message`, passes by itself. */
export function passes(reason: string): boolean {
  return passingReasons.some(({ says }) => says.test(reason));
}
