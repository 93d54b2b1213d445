import { exitCodeOf } from '../exit-code';

/**
 * A signal that Ctrl-C, SIGTERM or SIGHUP aborts. A second Ctrl-C ends the process at once, without releasing
 * anything.
 */
export function interruption(onFirst: () => void): { readonly signal: AbortSignal; dispose(): void } {
  const controller = new AbortController();
  const handler = () => {
    if (controller.signal.aborted) process.exit(exitCodeOf('interrupted'));
    controller.abort();
    onFirst();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, handler);
  return {
    signal: controller.signal,
    dispose: () => {
      for (const signal of signals) process.off(signal, handler);
    },
  };
}
