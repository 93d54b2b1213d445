import { workflow } from 'cdk8s-rhdh/operators';
import { displayName, groupKind, type KubeObject } from '../kubernetes/object';
import type { Api } from '../kubernetes/api';
import { listClients } from './list-clients';
import { isSameHost } from 'cdk8s-rhdh/operators';
import { isClientOf, type Source } from './old-server';

/** Something that still names the old database, and what to do about it. */
export interface Leftover {
  readonly object: string;
  readonly advice: string;
}

/** Everything of a namespace that still names the source, by itself or in the properties of a workflow. */
export async function pointingAtSource(api: Api, namespace: string, source: Source): Promise<Leftover[]> {
  const objects = await listClients(api, namespace);
  const properties = await api.list({ apiVersion: 'v1', kind: 'ConfigMap' }, namespace);
  const isLocalDatabase = ({ kind, metadata }: KubeObject) =>
    kind === 'StatefulSet' && isSameHost(metadata.name, source.host, namespace);
  const clients = objects.filter((object) => {
    if (isLocalDatabase(object)) return false;
    const own = properties.items.filter(({ metadata }) => metadata.name === `${object.metadata.name}-props`);
    return [object, ...(groupKind(object) === workflow ? own : [])].some((one) => isClientOf(source, one));
  });
  return clients.map((object) => ({ object: displayName(object), advice: adviceFor(object) }));
}

function adviceFor(object: KubeObject): string {
  switch (groupKind(object)) {
    case workflow:
      return 'deploy the workflow again with its persistence on the new server, then scale it up';
    case 'Deployment.apps':
    case 'StatefulSet.apps':
      return object.metadata.labels?.['app.kubernetes.io/managed-by'] === 'Helm'
        ? 'upgrade its Helm release with values for the new server (dist/helm), then scale it up'
        : 'point it at the new server, then scale it up';
    default:
      return 'point it at the new server';
  }
}
