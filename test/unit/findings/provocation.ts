import { ProblemsError, type Problem } from '../../../cli/rollout/findings/problem';

/** Input or a cluster in which a rule finds something, and what it says. */
export interface Provocation {
  readonly when: string;
  /** Everything that is found, which is this one problem. */
  readonly provoke: () => readonly Problem[] | Promise<readonly Problem[]>;
  /** The same under the condition that makes it a warning. */
  readonly leniently?: () => readonly Problem[] | Promise<readonly Problem[]>;
  readonly message: string;
  /** Where the rule has none that is always the same. */
  readonly advice?: string;
}

/** The problems that work is refused with. */
export async function refused(work: () => unknown): Promise<readonly Problem[]> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems;
    throw error;
  }
  return [];
}
