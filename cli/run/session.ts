import type { Listener } from '../rollout/event';
import { Api } from '../rollout/kubernetes/api';
import { connect } from '../rollout/kubernetes/connect';
import type { InspectOptions } from '../rollout/preflight/inspect';
import type { NamespaceOptions } from '../rollout/stages/place-in-namespace';
import type { CommonOptions, PlanCommandOptions } from '../options/common-options';
import { chooseReporter } from '../output/choose-reporter';
import { interruption } from './signals';

/** The cluster that the options name, and the person or program that reads the output. */
export interface Session extends NamespaceOptions {
  readonly api: Api;
  readonly listener: Listener;
  /** Shows a sentence. */
  say(message: string): void;
}

/** A session that Ctrl-C ends after the request under way. */
export interface InterruptibleSession extends Session {
  readonly signal: AbortSignal;
}

/** Runs work on the cluster; however it ends, everything is shown and the connections are closed. */
export async function withCluster<T>(
  options: CommonOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const connection = await connect(options);
  const reporter = chooseReporter(options);
  try {
    return await work({
      api: Api.over(connection),
      namespace: connection.namespace,
      namespaceIsExplicit: options.namespace !== undefined,
      listener: reporter.event,
      say: (message) => reporter.event({ type: 'note', message }),
    });
  } finally {
    await reporter.close();
    connection.close();
  }
}

/** The same for work that Ctrl-C must not end in the middle of a request. @param announcement said then */
export async function withInterruption<T>(
  options: CommonOptions,
  announcement: string | undefined,
  work: (session: InterruptibleSession) => Promise<T>,
): Promise<T> {
  return withCluster(options, async (session) => {
    const interrupt = interruption(() => {
      if (announcement !== undefined) session.say(announcement);
    });
    try {
      return await work({ ...session, signal: interrupt.signal });
    } finally {
      interrupt.dispose();
    }
  });
}

/** What is said when Ctrl-C ends a command that writes. */
export const finishing = 'Interrupted: finishing the request under way.';

/** What the preflight has to know of the command line. */
export function inspectOptions(
  options: PlanCommandOptions,
  { namespace, namespaceIsExplicit }: NamespaceOptions,
): Omit<InspectOptions, 'command'> {
  return {
    namespace,
    namespaceIsExplicit,
    from: options.from,
    to: options.to,
    createNamespace: options.createNamespace ?? false,
    forceConflicts: options.forceConflicts ?? false,
    discardLocalDatabase: options.discardLocalDatabase ?? false,
  };
}
