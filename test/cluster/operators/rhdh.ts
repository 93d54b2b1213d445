import { createHash } from 'node:crypto';
import { type Client, type KubernetesObject, RefusedError } from '../client';
import { backstageDeployment, isIdle, workloadKind } from './backstage-deployment';
import { LibraryError } from '../../go/program';
import {
  Controller,
  type Operator,
  type OperatorProps,
  owned,
  ownedBy,
  updateLatest,
  writeStatus,
} from './controller';
import { createLocalDatabase, deleteLocalDatabase } from './local-database';
import { Chance } from './chance';
import type { OperatorClient } from './lapses';
import { applyPluginDependencies } from './plugin-dependencies';
import { isSince, storedVersions, type OperatorRelease } from './releases';
import { mergedPlugins, needsSonataFlow, pluginListText } from './plugin-list';

export interface RhdhOperatorProps extends OperatorProps {
  /** Release whose behaviour is played. */
  readonly release: OperatorRelease;
}

const fieldManager = 'backstage-controller';
/** The name of the operator's program, which the API server takes for the owner where none is named. */
const program = 'manager';

/**
 * Plays the operator of Red Hat Developer Hub, as its source does it (redhat-developer/rhdh-operator, branches
 * release-1.7 to release-1.10, and main for 2.0; file names below are of `internal/controller` there).
 *
 * Copied: the order of the steps and the one write of the status at their end, which is left out where somebody wrote the
 * resource meanwhile (backstage_controller.go), the refusal of a missing reference, the label that it writes into what the
 * resource refers to, and the hash (spec_preprocessor.go), what is watched and what an event is answered with
 * (watchers.go), the local database, the default plugins that bring a SonataFlowPlatform of its own, the workload's
 * environment, volumes and patch, and when `Deployed` is true, which carries no generation. **Everything is read from
 * caches.** ConfigMaps and Secrets, and workloads up to 1.10, are watched by their metadata: that cache is another than the
 * one that is read, so that an event may find the content of before, and none follows. Not copied: Service, Route and
 * ServiceMonitor of the hub, its default app-config and other default plugins, probes and resources.
 */
export async function playRhdhOperator(client: Client, props: RhdhOperatorProps): Promise<Operator> {
  const { release, chance = Chance.ofThisRun() } = props;
  const apiVersion = `rhdh.redhat.com/${storedVersions[release]}`;
  const controller = new Controller(client, { ...props, chance }, async (client, namespace, name) => {
    const backstage = await client.read({ apiVersion, kind: 'Backstage', name, namespace });
    if (!backstage || backstage.metadata.deletionTimestamp) return;
    let failure: Error | undefined;
    let condition: Condition;
    try {
      await reconcile(client, release, backstage, chance);
      condition = await deployedCondition(client, release, backstage);
    } catch (error) {
      if (!(error instanceof StepError)) throw error;
      failure = error;
      condition = { status: 'False', reason: 'DeployFailed', message: error.message };
    }
    await writeStatus(client, backstage, { conditions: [transition(backstage, condition)] });
    if (failure) throw failure;
  });
  await controller.watch({ apiVersion, kind: 'Backstage' }, ({ metadata }) => metadata.name);
  for (const kind of isSince(release, '1.9') ? ['Deployment', 'StatefulSet'] : ['Deployment']) {
    const workload = { apiVersion: 'apps/v1', kind };
    if (isSince(release, '2.0')) await controller.watch(workload, ownedBy('Backstage'));
    else await controller.watchMetadata(workload, labelled);
  }
  for (const kind of ['ConfigMap', 'Secret']) {
    await controller.watchMetadata({ apiVersion: 'v1', kind }, async ({ metadata }) => {
      if (metadata.labels?.[syncLabel] !== 'true') return undefined;
      const name = metadata.annotations?.[nameAnnotation];
      const reference = { apiVersion, kind: 'Backstage', name: name ?? '', namespace: metadata.namespace };
      const backstage = name ? await controller.client.read(reference) : undefined;
      if (!backstage) return undefined;
      return (await isAnswered(controller.client, release, backstage)) ? name : undefined;
    });
  }
  return controller;
}

/** The hub whose workload it is, the local database included (`requestByAppLabels` in watchers.go). */
const labelled = ({ metadata }: KubernetesObject): string | undefined =>
  metadata.labels?.['app.kubernetes.io/name'] === 'backstage'
    ? metadata.labels['app.kubernetes.io/instance']
    : undefined;

/**
 * Whether an event of a ConfigMap or Secret is answered with a reconciliation (`requestByExtConfigLabel` in watchers.go).
 * Releases up to 1.8 compare the hash of the configuration with that of the pod template, and so drop an event that finds
 * the former content in the cache. Later ones look for the hash among the annotations of the workload itself, where it never
 * is, and so answer to each event. Where something that the resource refers to does not exist, or there is no workload, the
 * event is dropped as well: so the deletion of a ConfigMap is answered with nothing, and what is made again has no label and
 * causes no event.
 */
async function isAnswered(
  client: OperatorClient,
  release: OperatorRelease,
  backstage: KubernetesObject,
): Promise<boolean> {
  try {
    const hash = await hashReferences(client, backstage);
    const deployment = await client.read(workloadOf(backstage, 'Deployment'));
    if (!isSince(release, '1.9')) {
      return Boolean(deployment) && deployment!.spec.template.metadata.annotations?.[hashAnnotation] !== hash;
    }
    const workload = deployment ?? (await client.read(workloadOf(backstage, 'StatefulSet')));
    return Boolean(workload) && workload!.metadata.annotations?.[hashAnnotation] !== hash;
  } catch (error) {
    if (error instanceof StepError) return false;
    throw error;
  }
}

const workloadOf = ({ metadata: { name, namespace } }: KubernetesObject, kind: string) => ({
  apiVersion: 'apps/v1',
  kind,
  name: `backstage-${name}`,
  namespace,
});

interface Condition {
  readonly status: 'True' | 'False';
  readonly reason: 'Deployed' | 'DeployInProgress' | 'DeployFailed' | 'Idled';
  readonly message: string;
}

/** A step of the reconciliation that failed, in the words of the operator. */
class StepError extends Error {}

const syncLabel = 'rhdh.redhat.com/ext-config-sync';
const nameAnnotation = 'rhdh.redhat.com/backstage-name';
const hashAnnotation = 'rhdh.redhat.com/ext-config-hash';

async function step<T>(failed: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof RefusedError || error instanceof LibraryError || error instanceof StepError) {
      throw new StepError(`${failed} ${error.message}`.trimStart());
    }
    throw error;
  }
}

async function reconcile(
  client: OperatorClient,
  release: OperatorRelease,
  backstage: KubernetesObject,
  chance: Chance,
): Promise<void> {
  const { name, namespace } = backstage.metadata;
  const hash = await step('failed to preprocess backstage spec', hashReferences(client, backstage));
  const text = await ownPluginList(client, backstage);
  const plugins = text === undefined ? undefined : mergedPlugins(release, backstage, text, chance);
  if (plugins && needsSonataFlow(release, plugins)) {
    await step('failed to apply plugin dependencies', applyPluginDependencies(client, backstage));
  }
  const localDatabase = backstage.spec?.database?.enableLocalDb !== false;
  if (localDatabase) {
    await step('failed to apply backstage objects', createLocalDatabase(client, backstage, fieldManager));
  }
  if (plugins) {
    const metadata = { name: `backstage-dynamic-plugins-${name}` };
    const data = { 'dynamic-plugins.yaml': pluginListText(plugins, text ?? '') };
    const own = owned(backstage, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data });
    await step('failed to apply backstage objects', client.apply(own, fieldManager));
  }
  const deployment = owned(
    backstage,
    await step('failed to initialize backstage model', backstageDeployment(release, backstage, hash)),
  );
  await step('failed to apply backstage objects', client.apply(deployment, fieldManager));
  if (!localDatabase && !isSince(release, '1.10')) {
    await step('failed to clean backstage objects ', deleteLocalDatabase(client, name, namespace!));
  }
}

const isMarked = ({ metadata: { labels, annotations } }: KubernetesObject): boolean =>
  labels?.[syncLabel] === 'true' && Boolean(annotations?.[nameAnnotation]);

/** What was marked for a hub of another name is heard of by that one alone (`addExtConfig` in spec_preprocessor.go). */
function marked(object: KubernetesObject, backstage: string): KubernetesObject {
  const { labels, annotations } = object.metadata;
  const metadata = {
    ...object.metadata,
    labels: { ...labels, [syncLabel]: 'true' },
    annotations: { ...annotations, [nameAnnotation]: backstage },
  };
  return { ...object, metadata };
}

/**
 * Reads every ConfigMap and Secret that the resource refers to, marks it as watched, and hashes names of keys
 * and values in this order. Where a mount path makes it a directory, it is neither watched nor hashed.
 */
async function hashReferences(client: OperatorClient, backstage: KubernetesObject): Promise<string> {
  const { appConfig, extraFiles, extraEnvs, dynamicPluginsConfigMapName } = backstage.spec?.application ?? {};
  type Reference = { name: string; mountPath?: string; key?: string };
  const isWatched = ({ mountPath, key }: Reference) => !mountPath || Boolean(key);
  const references: [string, Reference, boolean][] = [
    ...(appConfig?.configMaps ?? []).map((item: Reference) => ['ConfigMap', item, isWatched(item)]),
    ...(extraFiles?.configMaps ?? []).map((item: Reference) => ['ConfigMap', item, isWatched(item)]),
    ...(extraFiles?.secrets ?? []).map((item: Reference) => ['Secret', item, isWatched(item)]),
    ...(extraEnvs?.configMaps ?? []).map((item: Reference) => ['ConfigMap', item, true]),
    ...(extraEnvs?.secrets ?? []).map((item: Reference) => ['Secret', item, true]),
    ...(dynamicPluginsConfigMapName ? [['ConfigMap', { name: dynamicPluginsConfigMapName }, true]] : []),
  ] as [string, Reference, boolean][];

  const hash = createHash('sha256');
  const { name: backstageName, namespace } = backstage.metadata;
  for (const [kind, { name }, watched] of references) {
    const reference = { apiVersion: 'v1', kind, name, namespace };
    let object = await client.read(reference);
    if (!object) {
      const resource = `${kind.toLowerCase()}s`;
      throw new StepError(`failed to get external config from ${name}: ${resource} "${name}" not found`);
    }
    if (!watched) continue;
    if (!isMarked(object)) {
      object = await step(
        '',
        updateLatest(client, reference, (latest) => marked(latest, backstageName), program),
      );
    }
    const text = kind === 'ConfigMap' ? (object.data ?? {}) : {};
    const binary = kind === 'ConfigMap' ? (object.binaryData ?? {}) : (object.data ?? {});
    for (const key of Object.keys(text).sort()) hash.update(key + text[key]);
    for (const key of Object.keys(binary).sort()) hash.update(key).update(Buffer.from(binary[key], 'base64'));
  }
  return hash.digest('hex');
}

/** The text of the hub's own list of plugins, where it has one or a flavour brings one. */
async function ownPluginList(
  client: OperatorClient,
  backstage: KubernetesObject,
): Promise<string | undefined> {
  const { dynamicPluginsConfigMapName: name } = (backstage.spec?.application ?? {}) as Record<string, string>;
  if (!name) return backstage.spec?.flavours && '';
  const { namespace } = backstage.metadata;
  const configMap = await client.read({ apiVersion: 'v1', kind: 'ConfigMap', name, namespace });
  return (configMap?.data?.['dynamic-plugins.yaml'] as string | undefined) ?? '';
}

/**
 * Releases up to 1.8 compare ready with present replicas, which also holds for none of none; later ones compare
 * ready with wanted replicas, which also holds while the ready ones are of the former revision (backstage_status.go).
 */
async function deployedCondition(
  client: OperatorClient,
  release: OperatorRelease,
  backstage: KubernetesObject,
): Promise<Condition> {
  if (isIdle(release, backstage)) return { status: 'False', reason: 'Idled', message: 'Instance is idled' };
  const kind = workloadKind(release, backstage);
  const workload = await client.read(workloadOf(backstage, kind));
  if (!workload) {
    const message = `${kind}.apps "backstage-${backstage.metadata.name}" not found`;
    return { status: 'False', reason: 'DeployFailed', message };
  }
  const { status = {} } = workload;
  const early = !isSince(release, '1.9');
  const wanted: number = early ? (status.replicas ?? 0) : workload.spec.replicas;
  const isLatest = kind === 'Deployment' || status.currentReplicas === status.updatedReplicas;
  if ((status.readyReplicas ?? 0) === wanted && isLatest) {
    return { status: 'True', reason: 'Deployed', message: '' };
  }
  const conditions: { type: string; status: string; message: string }[] = status.conditions ?? [];
  const message = early
    ? `Deployment status:${conditions.map(({ type, message }) => ` ${type}: ${message}`).join('')}`
    : conditions.map(({ type, status, message }) => ` ${type}=${status}(${message});`).join('');
  const failed =
    !early && conditions.find(({ type, status }) => type === 'ReplicaFailure' && status === 'True');
  if (failed) return { status: 'False', reason: 'DeployFailed', message: failed.message };
  return { status: 'False', reason: 'DeployInProgress', message: message || 'no conditions reported yet' };
}

/** The time of a condition changes with its status alone (`meta.SetStatusCondition` of Kubernetes). */
function transition(backstage: KubernetesObject, condition: Condition) {
  const former = (backstage.status?.conditions ?? [])[0];
  const same = former?.status === condition.status;
  return {
    type: 'Deployed',
    ...condition,
    lastTransitionTime: same ? former.lastTransitionTime : new Date().toISOString().replace(/\.\d+/, ''),
  };
}
