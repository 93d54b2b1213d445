import type { KubernetesObject } from '../client';

const pod = (misbehaviour?: string, restartPolicy?: string, readyAfter?: string) => ({
  metadata: {
    labels: { app: 'x' },
    annotations: {
      ...(misbehaviour && { 'cdk8s-rhdh.test/pod': misbehaviour }),
      ...(readyAfter && { 'cdk8s-rhdh.test/ready-after': readyAfter }),
    },
  },
  spec: { restartPolicy, containers: [{ name: 'main', image: 'example.com/image:1' }] },
});

export const configMap = (name: string, data: Record<string, string>): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
});

/**
 * @param misbehaviour how its pods misbehave, see `kwok/pod.yaml`
 * @param readyAfter how long its pods take to become ready, such as `2s`
 */
export const deployment = (name: string, misbehaviour?: string, readyAfter?: string): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: 'x' } },
    template: pod(misbehaviour, undefined, readyAfter),
  },
});

/** @param misbehaviour how its pods misbehave, see `kwok/pod.yaml` */
export const statefulSet = (name: string, misbehaviour?: string): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name },
  spec: { serviceName: name, selector: { matchLabels: { app: 'x' } }, template: pod(misbehaviour) },
});

/** @param misbehaviour how its pods misbehave, see `kwok/pod.yaml` */
export const job = (name: string, misbehaviour?: string): KubernetesObject => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name },
  spec: { backoffLimit: 0, template: pod(misbehaviour, 'Never') },
});

/** A hub on an external database, of a Secret where one is named. */
export const backstage = (name: string, secret?: string): KubernetesObject => ({
  apiVersion: 'rhdh.redhat.com/v1alpha4',
  kind: 'Backstage',
  metadata: { name },
  spec: {
    ...(secret && { application: { extraEnvs: { secrets: [{ name: secret }] } } }),
    database: { enableLocalDb: false },
  },
});

export const workflow = (name: string, annotations: Record<string, string> = {}): KubernetesObject => ({
  apiVersion: 'sonataflow.org/v1alpha08',
  kind: 'SonataFlow',
  metadata: { name, annotations: { 'sonataflow.org/profile': 'gitops', ...annotations } },
  spec: {
    flow: {
      start: 'Greet',
      states: [{ name: 'Greet', type: 'inject', data: { greeting: 'hello' }, end: true }],
    },
  },
});
