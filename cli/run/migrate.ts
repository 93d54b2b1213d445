import { readDirectory } from '../rollout/bundles/read-directory';
import { migrate } from '../rollout/move/migrate';
import type { ExitCode } from '../exit-code';
import type { MigrateCommandOptions } from '../commands/migrate';
import { withMove } from './move';

/** Moves the hub with its data. */
export async function run(directory: string, options: MigrateCommandOptions): Promise<ExitCode> {
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
