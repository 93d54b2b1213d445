import type { Check } from '../event';

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
