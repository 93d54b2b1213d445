import { readDirectory } from '../rollout/bundles/read-directory';
import { rollback } from '../rollout/move/rollback';
import type { MoveCommandOptions } from '../options/common-options';
import type { ExitCode } from '../exit-code';
import { withMove } from './with-move';

/** Goes back from a move. */
export async function runRollback(directory: string, options: MoveCommandOptions): Promise<ExitCode> {
  const bundles = await readDirectory(directory);
  return withMove('rollback', options, (api, common) => rollback(api, bundles, common));
}
