import type { JobCode } from '../../findings/problem';

/** Something that a command found. */
export interface CommandFinding {
  /** `refuses`: the command did not begin because of it. `fails`: it did not come to its end. */
  readonly level: 'refuses' | 'fails' | 'notes';
  /** Stable name, for scripts. */
  readonly code: JobCode;
  readonly text: string;
}

/** What a command says in its last line, and more fully in its report. */
export interface CommandResult {
  readonly command: string;
  /**
   * `proven`, `ready` and `done` are success. `written`: the copy was proven by an earlier run, and is in use since.
   */
  readonly outcome: 'proven' | 'written' | 'ready' | 'done' | 'refused' | 'unequal' | 'failed';
  readonly findings: readonly CommandFinding[];
  /** What the command says of each database; which fields there are depends on the command. */
  readonly databases: readonly Readonly<Record<string, unknown>>[];
  readonly [field: string]: unknown;
}

/** Whether the command did what it was asked for. */
export function isSuccess({ outcome }: CommandResult): boolean {
  return outcome === 'proven' || outcome === 'ready' || outcome === 'done';
}

/** The result in a command's log: its last line that is one. */
export function resultInLog(log: string): CommandResult | undefined {
  for (const line of log.trimEnd().split('\n').reverse()) {
    const result = parseResult(line);
    if (result !== undefined) return result;
  }
  return undefined;
}

/** A result, or nothing where the text is something else. */
export function parseResult(text: string): CommandResult | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const value = JSON.parse(text) as Partial<CommandResult>;
    if (typeof value.command !== 'string' || typeof value.outcome !== 'string') return undefined;
    const findings = (value.findings ?? []).map((found) => ({ ...found, text: withoutOrigin(found.text) }));
    return { databases: [], ...value, findings } as CommandResult;
  } catch {
    return undefined;
  }
}

/** A finding in a command's log, which its result has as well. */
export function isFindingLine(line: string): boolean {
  return /^(refuses|fails|notes): /.test(line);
}

/** Words of a script without what bash puts before them: where it stands, and the variable that is missing. */
export function withoutOrigin(text: string): string {
  return text.replace(/\S+\.sh: line \d+: (?:\w+: is not set: )?/g, '');
}

/** What went wrong, one line a finding or an unequal database, and what to do about these. */
export function failureText({ command, outcome, findings, databases }: CommandResult): string {
  const reasons = findings.filter(({ level }) => level !== 'notes');
  const told = reasons.length > 0 ? reasons : findings;
  const unequal = databases.filter(({ equal }) => equal === false);
  const lines = [
    ...told.map(({ text }) => text.replace(/\s+/g, ' ')),
    ...unequal.map(
      ({ database }) => `database ${String(database)} is not equal; the report says in which tables`,
    ),
    ...(unequal.length > 0 ? [unequalAdvice] : []),
  ];
  return [`the Job's ${command} ended as ${outcome}`, ...lines].join('\n  - ');
}

/** A copy that is not proven is made anew by the next run; one that was proven once is never touched. */
const unequalAdvice =
  'if somebody wrote to the old server meanwhile, stop them and run again; if somebody wrote to the new server after ' +
  'an earlier proof, and the data of the old one counts, drop these databases of the new server and run again';
