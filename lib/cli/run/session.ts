import { connect } from '../../rollout/kubernetes/connect';
import { Api } from '../../rollout/kubernetes/api';
import type { Connection } from '../../rollout/kubernetes/connection';
import type { InspectOptions } from '../../rollout/preflight/inspect';
import type { CommonOptions, PlanOptions } from '../common-options';

/** The cluster that the options name. */
export interface Session {
  readonly api: Api;
  readonly connection: Connection;
}

/** Runs work on the cluster, and closes its connections however it ends. */
export async function withCluster<T>(
  options: CommonOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const connection = await connect(options);
  try {
    return await work({ api: Api.over(connection), connection });
  } finally {
    connection.close();
  }
}

/** What the preflight has to know of the command line. */
export function inspectOptions(options: PlanOptions, connection: Connection): InspectOptions {
  return {
    namespace: connection.namespace,
    namespaceIsExplicit: options.namespace !== undefined,
    from: options.from,
    to: options.to,
    createNamespace: options.createNamespace ?? false,
    forceConflicts: options.forceConflicts ?? false,
    discardLocalDatabase: options.discardLocalDatabase ?? false,
  };
}
