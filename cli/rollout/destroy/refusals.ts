import { displayName, type KubeObject } from '../kubernetes/object';
import { found, type Problem } from '../findings/problem';
import type { Api } from '../kubernetes/api';
import { readMove, standingOf, type MoveStanding } from '../state/move-state';
import { findLocalDatabase, usesLocalDatabase } from '../gates/local-database';

/**
 * What would be lost with a hub: the operator's local database, whose Secret Kubernetes deletes with the hub, unless
 * its data was moved; and a move that is under way.
 *
 * @param discard the user wants to throw the local database's data away: findings are warnings
 */
export async function checkDataOf(api: Api, hub: KubeObject, discard: boolean): Promise<Problem[]> {
  const move = await readMove(api, hub.metadata.namespace as string);
  const standing = move?.hub === hub.metadata.name ? standingOf(move) : undefined;
  const severity = discard ? 'warning' : 'error';
  if (standing === 'stopped' || standing === 'switched') {
    return [
      found('unfinished-move', {
        severity,
        message: `${displayName(hub)}: the move of its databases is not finished`,
      }),
    ];
  }
  const database = await findLocalDatabase(api, hub);
  if (database === undefined || isMoved(hub, standing)) return [];
  const state = usesLocalDatabase(hub)
    ? `uses the operator's local database (${displayName(database)}), and nothing of it was moved`
    : `still has its former local database (${displayName(database)}), and nothing of it was moved`;
  return [
    found('unmoved-data', {
      severity,
      message: `${displayName(hub)} ${state}: its Secret would be deleted with the hub, and only the volume would stay`,
      advice: discard
        ? undefined
        : 'Move it with `cdk8s-rhdh migrate`, or throw its data away: --discard-local-database.',
    }),
  ];
}

/** A hub that went back to the local database after the move has new data there. */
function isMoved(hub: KubeObject, standing: MoveStanding | undefined): boolean {
  return standing === 'moved' && !usesLocalDatabase(hub);
}
