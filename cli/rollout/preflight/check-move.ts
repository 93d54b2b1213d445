import { found, type Problem } from '../findings/problem';
import { standingOf, type MoveState } from '../state/move-state';

/** Nobody else may write while a move is under way: the hub's data is on its way, or not checked yet. */
export function checkMove(move: MoveState | undefined): Problem[] {
  const standing = move === undefined ? 'prepared' : standingOf(move);
  if (standing === 'prepared' || standing === 'moved') return [];
  return [
    found('move-under-way', {
      message:
        standing === 'stopped'
          ? `a move of Backstage/${move?.hub} is under way and has stopped it`
          : `a move has switched Backstage/${move?.hub} to the new server, and was not checked yet`,
    }),
  ];
}
