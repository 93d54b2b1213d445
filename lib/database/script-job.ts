import type { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { ManifestObject } from '../manifest/manifest-object';

/** What tells one of our Jobs from the next: all run one bash script in one locked-down container. */
export interface ScriptJob {
  readonly name: string;
  readonly labels?: { [key: string]: string };
  readonly annotations?: { [key: string]: string };
  readonly image: string;
  /** Name of the container. */
  readonly container: string;
  readonly script: string;
  readonly env: k8s.EnvVar[];
  /** Variables of `env` whose values are known at synthesis only; each stands there by its name. */
  readonly lateEnv?: readonly (() => k8s.EnvVar)[];
  readonly volumes?: k8s.Volume[];
  readonly volumeMounts?: k8s.VolumeMount[];
  /** Account whose token is mounted; without it no token is. */
  readonly serviceAccountName?: string;
  readonly resources?: k8s.ResourceRequirements;
  readonly deadlineSeconds?: number;
  readonly podFailurePolicy?: k8s.PodFailurePolicy;
}

/** Unless the app keeps them, a finished Job stays for a day: its log can be read, and an apply finds it done. */
const ttlSeconds = 24 * 60 * 60;

/** Context of the app: whether finished Jobs stay. */
export const keepFinishedJobs = 'cdk8s-rhdh/keep-finished-jobs';

/** Time for the image to be pulled and for PostgreSQL to come up, before the Job is given up. */
const deadlineSeconds = 15 * 60;

const jobResources: k8s.ResourceRequirements = {
  requests: { cpu: k8s.Quantity.fromString('100m'), memory: k8s.Quantity.fromString('64Mi') },
  limits: { cpu: k8s.Quantity.fromString('500m'), memory: k8s.Quantity.fromString('128Mi') },
};

/**
 * A Job that can be run again: what its script does must not depend on how often it ran. Meets the
 * `restricted` Pod Security Standard; `/tmp` is the only place it can write to.
 */
export function createJob(scope: Construct, id: string, job: ScriptJob): ApiObject {
  const manifest = k8s.KubeJob.manifest({
    metadata: { name: job.name, labels: job.labels, annotations: job.annotations },
    spec: {
      ttlSecondsAfterFinished: scope.node.tryGetContext(keepFinishedJobs) === true ? undefined : ttlSeconds,
      activeDeadlineSeconds: job.deadlineSeconds ?? deadlineSeconds,
      podFailurePolicy: job.podFailurePolicy,
      template: {
        spec: {
          restartPolicy: 'Never',
          serviceAccountName: job.serviceAccountName,
          automountServiceAccountToken: job.serviceAccountName !== undefined,
          securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [
            {
              name: job.container,
              image: job.image,
              command: ['bash', '-c', job.script],
              env: job.env,
              resources: job.resources ?? jobResources,
              securityContext: {
                readOnlyRootFilesystem: true,
                allowPrivilegeEscalation: false,
                runAsNonRoot: true,
                capabilities: { drop: ['ALL'] },
              },
              volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }, ...(job.volumeMounts ?? [])],
            },
          ],
          volumes: [{ name: 'tmp', emptyDir: {} }, ...(job.volumes ?? [])],
        },
      },
    },
  });
  const [container] = manifest.spec.template.spec.containers;
  return new ManifestObject(scope, id, manifest, () => {
    for (const late of job.lateEnv ?? []) {
      const variable = late();
      Object.assign(
        container.env.find(({ name }: k8s.EnvVar) => name === variable.name),
        variable,
      );
    }
  });
}
