import { findingRules, type RuleName } from './rules';

/**
 * What the Job of a move says of a finding: `target/room`. The scripts in the cluster choose the code, so it is not in
 * `findingRules`; the slash, or one of two words, tells it from a rule.
 */
export type JobCode = `${string}/${string}` | 'proof' | 'command';

/** Something a person has to know before anything is written. */
export interface Problem {
  /** An `error` stops the command, a `warning` is shown. */
  readonly severity: 'error' | 'warning';
  /** Stable name of what found it, for scripts: `missing-reference`. */
  readonly rule: RuleName | JobCode;
  /** What is wrong, with the value that was found. */
  readonly message: string;
  /** What to write or run instead. */
  readonly advice?: string;
  /** `0200-backstage.k8s.yaml:12`, where a file is to blame. */
  readonly where?: string;
  /** Further places with the same problem. */
  readonly alsoAt?: readonly string[];
  /** Who owns the fields, where a conflict is the problem. */
  readonly managers?: readonly string[];
}

/** What a rule leaves to the case: the message, and severity and advice where they are not always the same. */
type Details<Rule extends RuleName> = Omit<Problem, 'rule' | 'alsoAt' | keyof (typeof findingRules)[Rule]>;

/** What a rule found. Severity and advice are the rule's, unless they depend on the case. */
export function found<Rule extends RuleName>(rule: Rule, details: Details<Rule>): Problem {
  const { severity, where, managers, message, advice } = {
    ...findingRules[rule],
    ...details,
  } as unknown as Problem;
  return { severity, rule, where, managers, message, advice };
}

/** Input that was refused: every problem of it in one report, before anything was written. */
export class ProblemsError extends Error {
  constructor(
    readonly title: string,
    problems: readonly Problem[],
  ) {
    const unique = folded(problems);
    super([title, ...unique.map((problem) => `  - ${problemText(problem)}`)].join('\n'));
    this.name = 'ProblemsError';
    this.problems = unique;
  }

  readonly problems: readonly Problem[];
}

/** One problem for all that say the same of several places: a wrong namespace is wrong in every object. */
export function folded(problems: readonly Problem[]): Problem[] {
  const unique = new Map<string, { first: Problem; alsoAt: string[] }>();
  for (const problem of problems) {
    const { where, alsoAt = [], ...rest } = problem;
    const key = JSON.stringify(rest);
    const same = unique.get(key);
    if (same === undefined) unique.set(key, { first: problem, alsoAt: [...alsoAt] });
    else if (where !== undefined) same.alsoAt.push(where);
  }
  return [...unique.values()].map(({ first, alsoAt }) =>
    alsoAt.length === 0 ? first : { ...first, alsoAt },
  );
}

/** One problem on one or two lines: where, what, and what to do. */
export function problemText({ where, alsoAt = [], message, advice }: Problem): string {
  const more =
    alsoAt.length === 0 ? '' : ` and ${alsoAt.length} other ${alsoAt.length === 1 ? 'place' : 'places'}`;
  const place = where === undefined ? '' : `${where}${more}: `;
  return `${place}${message}${advice === undefined ? '' : `\n      ${advice}`}`;
}
