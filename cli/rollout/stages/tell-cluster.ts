import type { Listener } from '../event';
import type { Api } from '../kubernetes/api';

/** Which API server answers, and which namespace carries lock and state. */
export interface ClusterNames {
  /** Version of the API server: `v1.34.4`. */
  readonly serverVersion: string;
  readonly home: string;
}

/** Tells which cluster it is: the one that a person means? */
export function tellCluster(api: Api, { serverVersion, home }: ClusterNames, listener: Listener): void {
  const { server, context } = api.transport.connection;
  listener({ type: 'cluster', server, context, version: serverVersion, namespace: home });
}
