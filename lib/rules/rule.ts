import type { Construct } from 'constructs';

/**
 * One thing that the constructs refuse. Rules are data: `docs/refusals.md` lists them and a test breaks
 * each one.
 */
export interface Rule<T> {
  /** Where it belongs and what it guards, e.g. `database/port`. Starts every message of the rule. */
  readonly name: string;
  /** What is refused, in one sentence, for the documentation. */
  readonly refuses: string;
  /** What is wrong with the subject, where, and what to write instead; empty if nothing is. */
  check(subject: T): string[];
}

/**
 * Checks `subject` against `rules` when the app is synthesized, so that every problem of the app is in one
 * report and nothing is written before.
 */
export function enforce<T>(scope: Construct, rules: readonly Rule<T>[], subject: () => T): void {
  scope.node.addValidation({
    validate: () => {
      const checked = subject();
      return rules.flatMap((rule) => rule.check(checked).map((problem) => `${rule.name}: ${problem}`));
    },
  });
}
