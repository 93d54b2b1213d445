/** What one check of the verification found. */
export interface Check {
  /** Stable name, for scripts: `hub-environment`. */
  readonly check: string;
  /** What was looked at: `Backstage/developer-hub`. @default - the whole */
  readonly subject?: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** What holds, or why the check was left out; what is wrong is in `problems`. */
  readonly message: string;
  readonly problems: readonly string[];
}

/** A check that passed with this message, or failed with these problems. */
export function checked(
  check: string,
  subject: string | undefined,
  message: string,
  problems: readonly string[],
): Check {
  if (problems.length === 0) return { check, subject, outcome: 'passed', message, problems };
  return { check, subject, outcome: 'failed', message: countText(problems.length), problems };
}

export function skipped(check: string, message: string): Check {
  return { check, outcome: 'skipped', message, problems: [] };
}

function countText(problems: number): string {
  return problems === 1 ? '1 problem' : `${problems} problems`;
}
