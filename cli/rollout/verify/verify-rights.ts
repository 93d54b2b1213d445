import { backstage, platform, serviceName } from 'cdk8s-rhdh/operators';
import { ObjectSet } from '../gates/object-set';
import type { ObjectReference } from '../kubernetes/api';
import { groupKind, type KubeObject } from '../kubernetes/object';
import { dryRunRights, objectsOfStages } from '../preflight/apply-rights';
import { neededObjects, apiReference } from '../preflight/check-references';
import { diagnosisRights, namespacesOf, type Right } from '../preflight/rights';
import type { RolloutStage } from '../stages/rollout-stage';
import { configurationOf, workloadKinds } from './read-cluster';

/** What it takes to check the cluster, and to ask the server from a Job. */
export function verifyRights(stages: readonly RolloutStage[], home: string): Right[] {
  const objects = objectsOfStages(stages);
  const hubs = objects.filter((object) => groupKind(object) === backstage);
  const namespaces = namespacesOf(
    objects.filter((object) => [backstage, platform].includes(groupKind(object))),
  );
  return [
    ...dryRunRights(objects, home),
    ...namespaces.flatMap((namespace) =>
      workloadKinds.map((kind): Right => ({ ...kind, verbs: ['list'], namespace })),
    ),
    ...[
      ...configurationOf(namespaces, hubs, new ObjectSet(objects)),
      ...neededObjects(stages).map(apiReference),
      ...objects.filter((object) => groupKind(object) === platform).map(jobsServiceProperties),
    ].map((reference): Right => ({
      ...reference,
      verbs: ['get'],
      without: 'does not check what is in the ConfigMaps and Secrets',
    })),
    ...namespacesOf(hubs).flatMap(jobRights),
  ];
}

/** The operator makes it, with the second URL of the jobs service. */
function jobsServiceProperties({ metadata: { namespace, name } }: KubeObject): ObjectReference {
  const service = serviceName(name, 'jobs-service');
  return { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: `${service}-props` };
}

/** The Job has another name each time. */
function jobRights(namespace: string): Right[] {
  return [
    { verbs: ['create', 'list', 'watch', 'delete'], apiVersion: 'batch/v1', kind: 'Job', namespace },
    { verbs: ['watch'], apiVersion: 'v1', kind: 'Pod', namespace },
    { verbs: ['get'], apiVersion: 'v1', kind: 'Pod', subresource: 'log', namespace },
    ...diagnosisRights([namespace]),
  ];
}
