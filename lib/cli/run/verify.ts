import { readDirectory } from '../../rollout/bundles/read-directory';
import { verify } from '../../rollout/verify/verify';
import { exitCode, type ExitCode } from '../exit-code';
import { chooseReporter } from '../output/choose-reporter';
import { interruption } from '../signals';
import type { VerifyCommandOptions } from '../verify';
import { withCluster } from './session';

/** Runs the checks and reports them. */
export async function run(directory: string, options: VerifyCommandOptions): Promise<ExitCode> {
  const bundles = await readDirectory(directory);
  const reporter = chooseReporter(options);
  return withCluster(options, async ({ api, connection }) => {
    const interrupt = interruption(() =>
      reporter.event({ type: 'note', message: 'Interrupted: deleting the Job.' }),
    );
    try {
      const checks = await verify(api, bundles, {
        namespace: connection.namespace,
        namespaceIsExplicit: options.namespace !== undefined,
        clientImage: options.clientImage,
        job: options.job,
        timeout: options.timeout,
        signal: interrupt.signal,
        onCheck: (check) => reporter.event({ type: 'check', ...check }),
      });
      const count = (wanted: string) => checks.filter(({ outcome }) => outcome === wanted).length;
      const [passed, failed, skipped] = [count('passed'), count('failed'), count('skipped')];
      reporter.event({ type: 'report', passed, failed, skipped, checks });
      if (interrupt.signal.aborted) return exitCode.interrupted;
      return failed === 0 ? exitCode.success : exitCode.notReady;
    } finally {
      interrupt.dispose();
      await reporter.close();
    }
  });
}
