import { isDeepStrictEqual } from 'node:util';
import { type Client, type KubernetesObject, referenceTo, RefusedError } from '../client';
import { Chance } from './chance';
import {
  Controller,
  createOrUpdate,
  type Operator,
  type OperatorProps,
  owned,
  ownedBy,
  updateLatest,
} from './controller';
import type { OperatorClient } from './lapses';
import { overridden } from './overridden';
import { datasource, reactiveUrl } from './sonataflow-persistence';
import { platformAsGoWritesIt } from './sonataflow-platform';

const apiVersion = 'sonataflow.org/v1alpha08';
/** The name of the operator's program, which the API server takes for the owner where none is named. */
const fieldManager = 'manager';
/** How long at most it works at a platform between reading it and putting it back, in ms. */
const longestWork = 400;

/** Name of the platform that the operator makes by itself (`platform/defaults.go`). */
const ownPlatform = 'sonataflow-platform';

/**
 * Plays the SonataFlow operator (apache/incubator-kie-tools, packages/sonataflow-operator, `internal/controller`; before
 * 10.0 in apache/incubator-kie-kogito-serverless-operator).
 *
 * Copied: a platform goes from no condition over `Succeed` False, reason Creating, to True before it has any
 * service (`platform/initialize.go`, `create.go`), then gets its Deployments, Services and properties
 * (`platform/k8s.go`, `platform/services`). **Whatever event it answers to, of metadata and status too, it puts back
 * the whole spec that it read when it began** (`SafeUpdatePlatform` in `platform/platformutils.go`, called by
 * `CreateOrUpdateWithDefaults` before the services and by the reconciler after them): what others wrote in between is
 * gone. **What fails while it makes the services is in no condition**: `Succeed` stays True (`Reconcile` in
 * `sonataflowplatform_controller.go` writes a failure only for a handler that returns its target). A second platform in a
 * namespace is `Duplicated` as long as the first is there (`isPrimaryDuplicate` in `platform/initialize.go`). **A workflow
 * in a namespace without a platform brings an empty one**, and again when that is deleted (`GetActivePlatform` in
 * `platform/platform.go`, called by `PerformStatusUpdate` in `profiles/common/reconciler.go`); then the workflow waits for
 * its Deployment (`WaitingForDeployment`), then is Running (`profiles/common/deployment_status_manager.go`), and it is
 * looked at again every few seconds. Not copied: builds, Knative, the Job that migrates a database, and the 5 s between the
 * steps of a platform, which is {@link OperatorProps} `delay`.
 */
export async function playSonataFlowOperator(client: Client, props: OperatorProps = {}): Promise<Operator> {
  const chance = props.chance ?? Chance.ofThisRun();
  const platforms = new Controller(client, { ...props, chance }, (client, namespace, name) =>
    reconcilePlatform(client, chance, { apiVersion, kind: 'SonataFlowPlatform', name, namespace }),
  );
  const workflows = new Controller(client, { ...props, chance }, (client, namespace, name) =>
    reconcileWorkflow(client, { apiVersion, kind: 'SonataFlow', name, namespace }),
  );
  await platforms.watch({ apiVersion, kind: 'SonataFlowPlatform' }, ({ metadata }) => metadata.name);
  for (const [version, kind] of ownedKinds) {
    await platforms.watch({ apiVersion: version, kind }, ownedBy('SonataFlowPlatform'));
  }
  await workflows.watch({ apiVersion, kind: 'SonataFlow' }, ({ metadata }) => metadata.name);
  for (const [version, kind] of ownedKinds) {
    await workflows.watch({ apiVersion: version, kind }, ownedBy('SonataFlow'));
  }
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

/** What both controllers own (`SetupWithManager`). */
const ownedKinds = [
  ['apps/v1', 'Deployment'],
  ['v1', 'Service'],
  ['v1', 'ConfigMap'],
] as const;

type Reference = Parameters<Client['read']>[0];

async function reconcilePlatform(
  client: OperatorClient,
  chance: Chance,
  reference: Reference,
): Promise<number | void> {
  // The one read that goes by no cache (`r.Reader` in sonataflowplatform_controller.go).
  const platform = await client.direct.read(reference);
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
  if (!succeed || isDuplicated(platform)) {
    const platforms = await client.list(apiVersion, 'SonataFlowPlatform', reference.namespace);
    const others = platforms.filter(({ metadata }) => metadata.name !== reference.name);
    if (others.some((other) => !isDuplicated(other))) {
      if (!succeed) {
        await putBack();
        await say('False', 'Duplicated');
      }
      return 500;
    }
  }
  await putBack();
  if (succeed?.reason !== 'Creating' && succeed?.status !== 'True') {
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

const isDuplicated = (platform: KubernetesObject): boolean =>
  conditionOf(platform, 'Succeed')?.reason === 'Duplicated';

async function applyService(
  client: OperatorClient,
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
  const own = (object: KubernetesObject) => owned(platform, object);
  const data = { 'application.properties': properties };
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `${name}-props` } };
  await createOrUpdate(
    client,
    own({ ...configMap, data }),
    (present) => ({ ...present, data: { ...present.data, ...data } }),
    fieldManager,
  );
  const wanted = deployment(name, labels, replicasOf(service, replicas), { ...pod, containers: [main] });
  await createOrUpdate(
    client,
    own(wanted),
    (present) => ({ ...present, spec: podsOverridden(present, wanted) }),
    fieldManager,
  );
  const serviceSpec = { selector: labels, ports: [{ name: 'web', port: 80, targetPort: 8080 }] };
  await createOrUpdate(
    client,
    own({ apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: serviceSpec }),
    (present) => ({ ...present, spec: serviceSpec }),
    fieldManager,
  );
}

/** Never more than one jobs service (`JobServiceHandler.GetReplicaCount` in `platform/services/services.go`). */
const replicasOf = (service: 'data-index-service' | 'jobs-service', wanted: number) =>
  service === 'jobs-service' ? Math.min(wanted, 1) : wanted;

async function reconcileWorkflow(client: OperatorClient, reference: Reference): Promise<number | void> {
  const workflow = await client.read(reference);
  if (!workflow || workflow.metadata.deletionTimestamp) return;
  const { name, namespace } = workflow.metadata;
  await bringPlatform(client, namespace);
  const postgresql = workflow.spec?.persistence?.postgresql;
  const main = {
    name: 'workflow',
    image: workflow.spec?.podTemplate?.container?.image ?? `example.com/${name}:latest`,
    env: postgresql ? datasource(postgresql, name, namespace!) : [],
  };
  const labels = { 'sonataflow.org/workflow-app': name };
  const replicas = workflow.spec?.podTemplate?.replicas ?? 1;
  const wanted = deployment(name, labels, replicas, { containers: [main] });
  const live = await createOrPatch(client, owned(workflow, wanted));
  const available = (live.status?.conditions ?? []).some(
    ({ type, status }: { type: string; status: string }) => type === 'Available' && status === 'True',
  );
  const running = available
    ? condition('Running', 'True')
    : condition('Running', 'False', 'WaitingForDeployment');
  const status = {
    ...workflow.status,
    observedGeneration: workflow.metadata.generation,
    // In the gitops profile it is never built (profiles/gitops/states_gitops.go).
    conditions: [condition('Built', 'False', 'BuildSkipped'), running],
  };
  if (!isDeepStrictEqual(status, workflow.status)) {
    await client.update({ ...workflow, status }, fieldManager, 'status');
  }
  return available ? undefined : 1_000;
}

async function bringPlatform(client: OperatorClient, namespace: string | undefined): Promise<void> {
  const platforms = await client.list(apiVersion, 'SonataFlowPlatform', namespace);
  if (platforms.some((platform) => !isDuplicated(platform))) return;
  const metadata = { name: ownPlatform, namespace };
  const spec = { build: { config: { strategy: 'platform' } } };
  const platform = { apiVersion, kind: 'SonataFlowPlatform', metadata, spec };
  await client.create(platform, fieldManager).catch((error: unknown) => {
    if (!(error instanceof RefusedError) || error.status !== 409) throw error;
  });
}

/** Zero replicas, which mergo takes for none, are set besides (`createOrUpdateDeployment`, `EnsureDeployment`). */
const podsOverridden = (present: KubernetesObject, { spec }: KubernetesObject) => ({
  ...overridden(present.spec, spec),
  replicas: spec.replicas as number,
});

/**
 * Sends what differs from the object in the cache, whatever became of it meanwhile (`CreateOrPatch` of controller-runtime,
 * `ensureObject` in `profiles/common/ensurer.go`); what the wanted form does not name stays (`EnsureDeployment` in
 * `profiles/common/mutate_visitors.go`).
 */
async function createOrPatch(client: OperatorClient, wanted: KubernetesObject): Promise<KubernetesObject> {
  const present = await client.read(referenceTo(wanted));
  if (!present) return client.create(wanted, fieldManager);
  const spec = podsOverridden(present, wanted);
  if (isDeepStrictEqual(spec, present.spec)) return present;
  return client.merge(referenceTo(wanted), { spec });
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

function conditionOf(
  object: KubernetesObject,
  type: string,
): { status: string; reason?: string } | undefined {
  const conditions: { type: string; status: string; reason?: string }[] = object.status?.conditions ?? [];
  return conditions.find((candidate) => candidate.type === type && candidate.status !== 'Unknown');
}

const condition = (type: string, status: string, reason = '', message = '') => ({
  type,
  status,
  reason,
  message,
});
