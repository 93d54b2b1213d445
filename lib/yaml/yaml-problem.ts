/** What is wrong with a YAML text, and where. */
export interface YamlProblem {
  /** Kind of the problem: `encoding`, `syntax` or `aliases`. */
  readonly kind: string;
  /** Line, from 1. */
  readonly line: number;
  /** Column, from 1. */
  readonly column: number;
  /** What is wrong, and what to write instead. */
  readonly message: string;
}

/** A problem as a line of a report: `file:line:column: message`. */
export function describeProblem(origin: string, { line, column, message }: YamlProblem): string {
  return `${origin}:${line}:${column}: ${message}`;
}
