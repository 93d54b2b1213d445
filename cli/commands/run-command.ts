import type { Command } from 'commander';
import type { CommonOptions } from '../options/common-options';
import type { ExitCode } from '../exit-code';

/** The part of a command that works: loaded when the command is called, so that `--help` does not wait for it. */
export interface CommandModule<O> {
  run(directory: string, options: O): Promise<ExitCode>;
}

/** Makes an action of a module that sets the exit code, and shows errors as a person wants them. */
export function runCommand<O extends CommonOptions>(
  load: () => CommandModule<O>,
): (directory: string, options: O, command: Command) => Promise<void> {
  return async (directory, options) => {
    try {
      process.exitCode = await load().run(directory, options);
    } catch (error) {
      const { reportError } = require('../output/report-error') as typeof import('../output/report-error');
      process.exitCode = reportError(error, options);
    }
  };
}
