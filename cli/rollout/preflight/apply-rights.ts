import { backstage, defaultConfiguration, localDatabaseName } from 'cdk8s-rhdh/operators';
import { configurationReferences } from '../gates/backstage-configuration';
import { isPassive } from '../gates/table';
import { groupKind, objectKey, type KubeObject } from '../kubernetes/object';
import type { RolloutStage } from '../stages/rollout-stage';
import { moveName } from '../state/move-state';
import { stateName } from '../state/rollout-state';
import { watchedKinds } from '../wait/watched-kinds';
import { apiReference, neededObjects } from './check-references';
import { grantRights } from './grant-rights';
import { hasUncheckedPlugins } from './plugin-checksums';
import {
  applyVerbs,
  diagnosisRights,
  lockRights,
  namespacesOf,
  ownConfigMap,
  rightsOn,
  watchRights,
  type Right,
} from './rights';

/** What it takes to say what applying would do, and what stands in its way. A dry run needs the rights of a write. */
export function planRights(stages: readonly RolloutStage[], home: string): Right[] {
  const objects = objectsOfStages(stages);
  const hubs = objects.filter((object) => groupKind(object) === backstage);
  return [
    ...dryRunRights(objects, home),
    ...neededObjects(stages).map((needed): Right => ({
      ...apiReference(needed),
      verbs: ['get'],
      without: 'does not see whether what the bundles refer to exists',
    })),
    ...hubs.map(({ metadata: { namespace, name } }): Right => ({
      verbs: ['get'],
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      namespace,
      name: localDatabaseName(name),
    })),
    ...(hasUncheckedPlugins(stages) ? [defaultConfigurations] : []),
  ];
}

const defaultConfigurations: Right = {
  verbs: ['list'],
  apiVersion: 'v1',
  kind: 'ConfigMap',
  name: defaultConfiguration,
  without: 'does not see whether the operator knows the checksums of the plugins',
};

/** What it takes to try objects in dry runs, and to know what earlier runs left. */
export function dryRunRights(objects: readonly KubeObject[], home: string): Right[] {
  return [
    ...namespacesOf(objects).map((namespace): Right => ({
      verbs: ['get'],
      apiVersion: 'v1',
      kind: 'Namespace',
      namespace,
      name: namespace,
      without: 'does not see a namespace that is missing or being deleted',
    })),
    ...objects.map((object) => rightsOn(object, applyVerbs)),
    ...grantRights(objects),
    ownConfigMap(home, stateName, ['get']),
    ownConfigMap(home, moveName, ['get']),
  ];
}

/** What applying takes besides planning: to lock, to wait, to say why something is not ready, to remember. */
export function applyRights(stages: readonly RolloutStage[], home: string): Right[] {
  const objects = objectsOfStages(stages);
  const awaited = objects.filter((object) => !isPassive(object));
  return [
    ...objects.filter(({ kind }) => kind === 'Job').map((job) => rightsOn(job, ['delete'])),
    ...watchRights(watchedKinds(awaited)),
    ...configurationRights(awaited),
    ...diagnosisRights(namespacesOf(awaited)),
    ...lockRights(home),
    ownConfigMap(home, stateName),
  ];
}

/** What hubs read, and the operator's hash of it tells whether it is rolled out. */
export function configurationRights(objects: readonly KubeObject[]): Right[] {
  return objects
    .filter((object) => groupKind(object) === backstage)
    .flatMap((hub) =>
      configurationReferences(hub).map(({ kind, name }) => ({
        verbs: ['get'],
        apiVersion: 'v1',
        kind,
        namespace: hub.metadata.namespace,
        name,
        without: 'does not see whether the operator has rolled out the present ConfigMaps and Secrets',
      })),
    );
}

/** The objects of some stages, each once. */
export function objectsOfStages(stages: readonly RolloutStage[]): KubeObject[] {
  const objects = stages.flatMap((stage) => stage.objects.map(({ object }) => object));
  return [...new Map(objects.map((object) => [objectKey(object), object])).values()];
}
