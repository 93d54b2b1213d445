import { readDirectory } from '../rollout/bundles/read-directory';
import { migrate } from '../rollout/move/migrate';
import type { ExitCode } from '../exit-code';
import { withMove } from './with-move';
import type { MoveCommandOptions } from '../options/common-options';

/** Options of `migrate`, as the parser gives them. */
export interface MigrateCommandOptions extends MoveCommandOptions {
  readonly gitopsPaused?: boolean;
  readonly dryRun?: boolean;
  readonly prove?: 'full' | 'sample';
}

/** Moves the hub with its data. */
export async function runMigrate(directory: string, options: MigrateCommandOptions): Promise<ExitCode> {
  const bundles = await readDirectory(directory);
  return withMove('migrate', options, (api, common) =>
    migrate(api, bundles, {
      ...common,
      dryRun: options.dryRun ?? false,
      gitOpsPaused: options.gitopsPaused ?? false,
      prove: options.prove,
    }),
  );
}
