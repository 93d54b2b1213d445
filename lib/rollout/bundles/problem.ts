/** Something a person has to know before anything is written. */
export interface Problem {
  /** An `error` stops the command, a `warning` is shown. */
  readonly severity: 'error' | 'warning';
  /** Stable name of the check that found it, for scripts: `missing-reference`. */
  readonly rule: string;
  /** What is wrong, with the value that was found. */
  readonly message: string;
  /** What to write or run instead. */
  readonly advice?: string;
  /** `0200-backstage.k8s.yaml:12`, where a file is to blame. */
  readonly where?: string;
  /** Who owns the fields, where a conflict is the problem. */
  readonly managers?: readonly string[];
}

/** Input that was refused: every problem of it in one report, before anything was written. */
export class ProblemsError extends Error {
  constructor(
    readonly title: string,
    readonly problems: readonly Problem[],
  ) {
    super([title, ...problems.map((problem) => `  - ${problemText(problem)}`)].join('\n'));
    this.name = 'ProblemsError';
  }
}

/** One problem on one or two lines: where, what, and what to do. */
export function problemText({ where, message, advice }: Problem): string {
  return `${where === undefined ? '' : `${where}: `}${message}${advice === undefined ? '' : `\n      ${advice}`}`;
}
