import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { HelmRelease } from '../rollout/destroy/targets';
import type { CommonOptions } from '../options/common-options';
import { shellCommand } from './go-on-command';

const run = promisify(execFile);

/** Whether Helm is on the PATH. */
export async function isHelmThere(): Promise<boolean> {
  try {
    await run('helm', ['version', '--short']);
    return true;
  } catch {
    return false;
  }
}

/** Uninstalls a release from the cluster of the options. @throws Error with what Helm says */
export async function uninstallRelease(release: HelmRelease, options: CommonOptions): Promise<void> {
  const args = uninstallArguments(release, options);
  try {
    await run('helm', args);
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    if (/release: not found/.test(stderr ?? '')) return;
    throw new Error(`${shellCommand(['helm', ...args])} failed: ${(stderr || message).trim()}`, {
      cause: error,
    });
  }
}

/** The command with which a person uninstalls a release. */
export function uninstallCommand(release: HelmRelease, options: CommonOptions): string {
  return shellCommand(['helm', ...uninstallArguments(release, options)]);
}

function uninstallArguments(
  { name, namespace }: HelmRelease,
  { kubeconfig, context }: CommonOptions,
): string[] {
  return [
    'uninstall',
    name,
    '--namespace',
    namespace,
    ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig]),
    ...(context === undefined ? [] : ['--kube-context', context]),
  ];
}
