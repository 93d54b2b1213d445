import { readDirectory } from '../rollout/bundles/read-directory';
import { verify } from '../rollout/verify/verify';
import { exitCodeOf, type ExitCode } from '../exit-code';
import { withInterruption } from './session';
import type { CommonOptions } from '../options/common-options';

/** Options of `verify`, as the parser gives them. */
export interface VerifyCommandOptions extends CommonOptions {
  readonly clientImage?: string;
  readonly job: boolean;
  readonly timeout: number;
}

/** Runs the checks and reports them. */
export async function runVerify(directory: string, options: VerifyCommandOptions): Promise<ExitCode> {
  const bundles = await readDirectory(directory);
  return withInterruption(options, 'Interrupted: deleting the Job.', async ({ api, ...session }) => {
    const { clientImage, job, timeout } = options;
    const checks = await verify(api, bundles, { ...session, clientImage, job, timeout });
    const count = (wanted: string) => checks.filter(({ outcome }) => outcome === wanted).length;
    const [passed, failed, skipped] = [count('passed'), count('failed'), count('skipped')];
    session.listener({ type: 'report', passed, failed, skipped, checks });
    if (session.signal.aborted) return exitCodeOf('interrupted');
    return exitCodeOf(failed === 0 ? 'done' : 'failed');
  });
}
