import { localDatabaseName } from 'cdk8s-rhdh/operators';
import type { KubeObject } from '../kubernetes/object';
import { lockRights, ownConfigMap, rightsOn, type Right } from '../preflight/rights';
import { moveName } from '../state/move-state';
import { localSecretOf, ownedKinds, secretsReadBy } from './owned';
import { claimsOf, isHub, namespacesOfHubs, type TargetKinds } from './targets';

const notTold = 'does not tell what goes with the hub and what stays, and does not wait for it';

/** What it takes to delete the hubs of the bundles, and the platforms and workflows of their namespaces. */
export function destroyRights(kinds: TargetKinds, bundled: readonly KubeObject[], home: string): Right[] {
  const hubs = bundled.filter(isHub);
  const namespaces = namespacesOfHubs(bundled, home);
  const anyOf = namespaces.flatMap((namespace) => [
    ...[kinds.workflow, kinds.platform]
      .filter((kind) => kind !== undefined)
      .map((kind): Right => ({ ...kind, verbs: ['get', 'list', 'watch', 'delete'], namespace })),
    ...(kinds.hub === undefined ? [] : [{ ...kinds.hub, verbs: ['list', 'watch'], namespace }]),
    ...ownedKinds.map((kind): Right => ({ ...kind, verbs: ['list', 'watch'], namespace, without: notTold })),
  ]);
  const ofHubs = hubs.flatMap((hub): Right[] => [
    rightsOn(hub, ['get', 'delete']),
    ownConfigMap(hub.metadata.namespace as string, moveName, ['get']),
    {
      verbs: ['get'],
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      namespace: hub.metadata.namespace,
      name: localDatabaseName(hub.metadata.name),
    },
  ]);
  const claims = claimsOf(hubs);
  return [
    ...anyOf,
    ...ofHubs,
    ...claims.map((claim): Right => ({ ...claim, verbs: ['get', 'delete'] })),
    ...claims.map(({ name: _, ...all }): Right => ({ ...all, verbs: ['list', 'watch'] })),
    ...hubs.flatMap((hub): Right[] => [
      { ...localSecretOf(hub), verbs: ['get', 'list', 'watch'], without: notTold },
      ...secretsReadBy(hub).map((secret) => ({ ...secret, verbs: ['get'], without: notTold })),
    ]),
    ...bundled.map((object): Right => ({ ...rightsOn(object, ['get']), without: notTold })),
    ...lockRights(home),
  ];
}
