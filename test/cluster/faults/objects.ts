import { KubernetesObject } from '../client';

const pod = (annotation?: string, restartPolicy?: string) => ({
  metadata: { labels: { app: 'x' }, annotations: annotation ? { 'cdk8s-rhdh.test/pod': annotation } : {} },
  spec: { restartPolicy, containers: [{ name: 'main', image: 'example.com/image:1' }] },
});

export const configMap = (name: string, data: Record<string, string>): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
});

/** @param annotation how its pods misbehave, see `kwok/pod.yaml` */
export const deployment = (name: string, annotation?: string): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: { replicas: 1, selector: { matchLabels: { app: 'x' } }, template: pod(annotation) },
});

/** @param annotation how its pods misbehave, see `kwok/pod.yaml` */
export const statefulSet = (name: string, annotation?: string): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name },
  spec: { serviceName: name, selector: { matchLabels: { app: 'x' } }, template: pod(annotation) },
});

/** @param annotation how its pods misbehave, see `kwok/pod.yaml` */
export const job = (name: string, annotation?: string): KubernetesObject => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name },
  spec: { backoffLimit: 0, template: pod(annotation, 'Never') },
});

/** A hub on the database of a Secret. */
export const backstage = (name: string, secret: string): KubernetesObject => ({
  apiVersion: 'rhdh.redhat.com/v1alpha4',
  kind: 'Backstage',
  metadata: { name },
  spec: {
    application: { extraEnvs: { secrets: [{ name: secret }] } },
    database: { enableLocalDb: false },
  },
});
