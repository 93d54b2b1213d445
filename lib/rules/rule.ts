import type { Construct } from 'constructs';
import { dependsOnUnsound } from './unsound';

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
 * report and nothing is written before. What follows from
 * an argument that is wrong is no line of its own.
 */
export function enforce<T>(scope: Construct, rules: readonly Rule<T>[], subject: () => T): void {
  scope.node.addValidation({
    validate: () => (dependsOnUnsound(scope) ? [] : problemsOf(rules, subject())),
  });
}

/** Puts what `rules` find in a subject into the report of a construct, whatever else is wrong there. */
export function report<T>(scope: Construct, rules: readonly Rule<T>[], subject: T): void {
  const problems = problemsOf(rules, subject);
  scope.node.addValidation({ validate: () => problems });
}

function problemsOf<T>(rules: readonly Rule<T>[], subject: T): string[] {
  return rules.flatMap((rule) => rule.check(subject).map((problem) => `${rule.name}: ${problem}`));
}
