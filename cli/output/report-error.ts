import { ProblemsError } from '../rollout/findings/problem';
import { rightsAdvice } from '../rollout/findings/rights-advice';
import { ApiError, saysDenied } from '../rollout/kubernetes/api-error';
import { LockedError } from '../rollout/state/lock';
import type { CommonOptions } from '../options/common-options';
import { exitCode, type ExitCode } from '../exit-code';
import { jsonText } from './json-text';
import { terminalText } from './terminal-text';

/**
 * Shows an error on standard error, as JSON on standard output where that was asked for, and gives its exit code.
 *
 * @param command that ended with it
 */
export function reportError(error: unknown, { output, debug }: CommonOptions, command: string): ExitCode {
  const message = messageOf(error, command);
  if (output === 'json') {
    const problems = error instanceof ProblemsError ? error.problems : undefined;
    process.stdout.write(`${jsonText({ type: 'error', message, problems })}\n`);
  }
  const text = debug && error instanceof Error ? (error.stack ?? message) : message;
  process.stderr.write(`${terminalText(text)}\n`);
  return error instanceof LockedError ? exitCode.locked : exitCode.error;
}

function messageOf(error: unknown, command: string): string {
  if (error instanceof ApiError) {
    if (error.status === 401) {
      return `The API server does not accept your credentials (${error.message}). Log in again.`;
    }
    return saysDenied(error.message) ? `${error.message}\n  ${rightsAdvice(command)}` : error.message;
  }
  return error instanceof Error ? error.message : String(error);
}
