import type { Outcome } from './rollout/outcome';

/** What the exit code of a command tells. */
export const exitCode = {
  /** Done, everything is as it should be. */
  success: 0,
  /** Refused or failed: usage, bundles, preflight, cluster. */
  error: 1,
  /** `plan` alone: applying would change something. */
  changes: 2,
  /** The cluster is not in the state that was asked for: a stage failed, a check failed, something is not ready. */
  notReady: 3,
  /** A stage was not ready in time. */
  timeout: 4,
  /** Somebody else rolls out into the namespace. */
  locked: 5,
  /** Ended by Ctrl-C or SIGTERM. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

const ofOutcome: Readonly<Record<Outcome, keyof typeof exitCode>> = {
  done: 'success',
  changes: 'changes',
  left: 'notReady',
  refused: 'error',
  declined: 'error',
  failed: 'notReady',
  timeout: 'timeout',
  interrupted: 'interrupted',
};

/** The exit code of a command that ended so. */
export function exitCodeOf(outcome: Outcome): ExitCode {
  return exitCode[ofOutcome[outcome]];
}

/** What each exit code means, for `--help`. */
const meanings: Readonly<Record<keyof typeof exitCode, string>> = {
  success: 'done, and everything is as it should be',
  error: 'refused or failed: usage, bundles, preflight, cluster',
  changes: 'applying would change something',
  notReady: 'the cluster is not in the state that was asked for',
  timeout: 'not ready in time',
  locked: 'somebody else rolls out into the namespace',
  interrupted: 'ended by Ctrl-C, SIGTERM or SIGHUP',
};

/** Some exit codes with their meanings, one a line. */
export function exitCodesText(names: readonly (keyof typeof exitCode)[]): string {
  return names.map((name) => `  ${String(exitCode[name]).padEnd(3)}  ${meanings[name]}`).join('\n');
}
