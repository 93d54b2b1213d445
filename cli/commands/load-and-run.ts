import type { Command } from 'commander';
import type { CommonOptions } from '../options/common-options';
import type { ExitCode } from '../exit-code';

/** The part of a command that works. */
type Run<O> = (directory: string, options: O) => Promise<ExitCode>;

/**
 * The action of a command: sets the exit code, and shows errors as a person wants them. What works is loaded when the
 * command is called, so that `--help` does not wait for it.
 */
export function loadAndRun<O extends CommonOptions>(
  load: () => Run<O>,
): (directory: string, options: O, command: Command) => Promise<void> {
  return async (directory, options, command) => {
    try {
      process.exitCode = await load()(directory, options);
    } catch (error) {
      const { reportError } = require('../output/report-error') as typeof import('../output/report-error');
      process.exitCode = reportError(error, options, command.name());
    }
  };
}
