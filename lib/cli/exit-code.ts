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
