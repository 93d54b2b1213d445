import { localDatabaseName } from 'cdk8s-rhdh/operators';
import type { KubeObject } from '../kubernetes/object';
import type { Api } from '../kubernetes/api';

/** The StatefulSet of a hub's local database, where there is one. */
export function findLocalDatabase(
  api: Api,
  { metadata: { namespace, name } }: KubeObject,
): Promise<KubeObject | undefined> {
  return api.find({ apiVersion: 'apps/v1', kind: 'StatefulSet', namespace, name: localDatabaseName(name) });
}

/** Whether a hub lives on the operator's local database: its resource does not say otherwise. */
export function usesLocalDatabase(hub: KubeObject): boolean {
  return hub.spec?.database?.enableLocalDb !== false;
}
