import type { Client, KubernetesObject } from '../client';
import { Chance } from './chance';
import {
  Controller,
  type Operator,
  type OperatorProps,
  owned,
  ownedBy,
  updateLatest,
  writeStatus,
} from './controller';
import { datasource, reactiveUrl } from './sonataflow-persistence';
import { platformAsGoWritesIt } from './sonataflow-platform';

const apiVersion = 'sonataflow.org/v1alpha08';
/** The name of the operator's program, which the API server takes for the owner where none is named. */
const fieldManager = 'manager';
/** How long at most it works at a platform between reading it and putting it back, in ms. */
const longestWork = 400;

/**
 * Plays the SonataFlow operator (apache/incubator-kie-kogito-serverless-operator, `internal/controller`).
 *
 * Copied: a platform goes from no condition over `Succeed` False, reason Creating, to True before it has any
 * service (`platform/initialize.go`, `create.go`), then gets its Deployments, Services and properties
 * (`platform/k8s.go`, `platform/services`). **Whatever event it answers to, of metadata and status too, it puts back
 * the whole spec that it read when it began** (`SafeUpdatePlatform` in `platform/platformutils.go`, called by
 * `CreateOrUpdateWithDefaults` before the services and by the reconciler after them): what others wrote in between is
 * gone. A workflow waits for a platform (`WaitingForPlatform`), then for its
 * Deployment (`WaitingForDeployment`), then is Running (`profiles/common/deployment_status_manager.go`). Not
 * copied: builds, Knative, and the 5 s between the steps of a platform, which is {@link OperatorProps} `delay`.
 */
export async function playSonataFlowOperator(client: Client, props: OperatorProps = {}): Promise<Operator> {
  const chance = props.chance ?? Chance.ofThisRun();
  const platforms = new Controller(client, props, (namespace, name) =>
    reconcilePlatform(client, chance, { apiVersion, kind: 'SonataFlowPlatform', name, namespace }),
  );
  const workflows = new Controller(client, props, (namespace, name) =>
    reconcileWorkflow(client, { apiVersion, kind: 'SonataFlow', name, namespace }),
  );
  await platforms.watch({ apiVersion, kind: 'SonataFlowPlatform' }, ({ metadata }) => metadata.name);
  await platforms.watch({ apiVersion: 'apps/v1', kind: 'Deployment' }, ownedBy('SonataFlowPlatform'));
  await workflows.watch({ apiVersion, kind: 'SonataFlow' }, ({ metadata }) => metadata.name);
  await workflows.watch({ apiVersion: 'apps/v1', kind: 'Deployment' }, ownedBy('SonataFlow'));
  return {
    rest: async () => {
      await platforms.rest();
      await workflows.rest();
    },
    stop: async () => {
      await platforms.stop();
      await workflows.stop();
    },
  };
}

type Reference = Parameters<Client['read']>[0];

async function reconcilePlatform(
  client: Client,
  chance: Chance,
  reference: Reference,
): Promise<number | void> {
  const platform = await client.read(reference);
  if (!platform || platform.metadata.deletionTimestamp) return;
  const spec = platformAsGoWritesIt(platform.spec ?? {});
  const putBack = async () => {
    await chance.pause(longestWork);
    await updateLatest(client, reference, (latest) => ({ ...latest, spec }), fieldManager);
  };
  const say = (status: string, reason = '') =>
    updateLatest(
      client,
      reference,
      (latest) => ({
        ...latest,
        status: {
          ...latest.status,
          observedGeneration: platform.metadata.generation,
          conditions: [condition('Succeed', status, reason)],
        },
      }),
      fieldManager,
      'status',
    );
  const succeed = conditionOf(platform, 'Succeed');
  await putBack();
  if (!succeed) {
    await say('False', 'Creating');
    return 0;
  }
  if (succeed.status !== 'True') {
    await say('True');
    return 0;
  }
  const { dataIndex, jobService } = platform.spec?.services ?? {};
  if (dataIndex) await applyService(client, platform, 'data-index-service', dataIndex);
  if (jobService) await applyService(client, platform, 'jobs-service', jobService);
  await putBack();
  await say('True');
}

async function applyService(
  client: Client,
  platform: KubernetesObject,
  service: 'data-index-service' | 'jobs-service',
  spec: Record<string, any>,
): Promise<void> {
  const name = `${platform.metadata.name}-${service}`;
  const labels = { 'sonataflow.org/service': name };
  const postgresql = spec.persistence?.postgresql ?? platform.spec.persistence?.postgresql;
  const { container = {}, replicas = 1, ...pod } = spec.podTemplate ?? {};
  const main = {
    name: service,
    image: `quay.io/kiegroup/${service}`,
    ...container,
    env: [
      ...(container.env ?? []),
      ...(postgresql ? datasource(postgresql, name, platform.metadata.namespace!) : []),
    ],
  };
  const properties =
    service === 'jobs-service' && postgresql
      ? `quarkus.datasource.reactive.url = ${reactiveUrl(postgresql, name, platform.metadata.namespace!)}\n`
      : '';
  const objects = [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `${name}-props` },
      data: { 'application.properties': properties },
    },
    deployment(name, labels, replicasOf(service, replicas), { ...pod, containers: [main] }),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name },
      spec: { selector: labels, ports: [{ name: 'web', port: 80, targetPort: 8080 }] },
    },
  ];
  for (const object of objects) await client.apply(owned(platform, object), fieldManager);
}

/** Never more than one jobs service (`JobServiceHandler.GetReplicaCount` in `platform/services/services.go`). */
const replicasOf = (service: 'data-index-service' | 'jobs-service', wanted: number) =>
  service === 'jobs-service' ? Math.min(wanted, 1) : wanted;

async function reconcileWorkflow(client: Client, reference: Reference): Promise<number | void> {
  const workflow = await client.read(reference);
  if (!workflow || workflow.metadata.deletionTimestamp) return;
  const { name, namespace } = workflow.metadata;
  const say = (status: string, reason = '', message = '') =>
    writeStatus(client, workflow, {
      observedGeneration: workflow.metadata.generation,
      conditions: [condition('Built', 'True'), condition('Running', status, reason, message)],
    });
  const platforms = await client.list(apiVersion, 'SonataFlowPlatform', namespace);
  if (!platforms.some((platform) => conditionOf(platform, 'Succeed')?.status === 'True')) {
    const message = `No active Platform for namespace ${namespace} so the resWorkflowDef cannot be deployed. Waiting for an active platform`;
    await say('False', 'WaitingForPlatform', message);
    return 500;
  }
  const postgresql = workflow.spec?.persistence?.postgresql;
  const main = {
    name: 'workflow',
    image: workflow.spec?.podTemplate?.container?.image ?? `example.com/${name}:latest`,
    env: postgresql ? datasource(postgresql, name, namespace!) : [],
  };
  const labels = { 'sonataflow.org/workflow-app': name };
  const replicas = workflow.spec?.podTemplate?.replicas ?? 1;
  const live = await client.apply(
    owned(workflow, deployment(name, labels, replicas, { containers: [main] })),
    fieldManager,
  );
  const available = (live.status?.conditions ?? []).some(
    ({ type, status }: { type: string; status: string }) => type === 'Available' && status === 'True',
  );
  await (available ? say('True') : say('False', 'WaitingForDeployment'));
}

function deployment(
  name: string,
  labels: Record<string, string>,
  replicas: number,
  pod: Record<string, unknown>,
): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: pod } },
  };
}

function conditionOf(object: KubernetesObject, type: string): { status: string } | undefined {
  const conditions: { type: string; status: string }[] = object.status?.conditions ?? [];
  return conditions.find((candidate) => candidate.type === type && candidate.status !== 'Unknown');
}

const condition = (type: string, status: string, reason = '', message = '') => ({
  type,
  status,
  reason,
  message,
});
