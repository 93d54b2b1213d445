import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Container } from '../pods/container';
import { environmentOf } from '../pods/environment';
import { defaultUser, postgresql } from '../pods/images';
import { volumesOf, mountsOf } from '../pods/volumes';
import { expandVariables } from '../unit/expand-variables';
import { ArgumentsWatch } from './arguments';
import { type Given, GivenReferences } from './given-references';

/** What surrounds a pod. */
export interface Surroundings extends Given {
  /** Variables to be set otherwise than the manifest says: addresses that the test's machine does not have. */
  readonly env?: Readonly<Record<string, string>>;
  /** When the pod is killed, as a Job's `activeDeadlineSeconds` does; never where nothing is said. */
  readonly deadlineSeconds?: number;
  /** Whether to collect the command lines of all processes meanwhile, which takes much time; true where nothing is said. */
  readonly watchArguments?: boolean;
  /** Is told the process as soon as it runs. */
  readonly started?: (child: ChildProcess) => void;
}

/** How a pod ended. */
export interface PodResult {
  /** None where it was killed. */
  readonly code: number | null;
  readonly output: string;
  /** Command lines of all processes that ran meanwhile. */
  readonly arguments: string[];
}

/** Runs the one container of a Job, which has the image of PostgreSQL, without a cluster. */
export async function runJob(job: Record<string, any>, surroundings: Surroundings): Promise<PodResult> {
  const { namespace, env: instead, deadlineSeconds, started, watchArguments = true } = surroundings;
  const { spec } = job.spec.template;
  const [container] = spec.containers;
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: job.metadata.name, namespace }, spec };
  const facts = { pod, podIP: '127.0.0.1' };
  const references = new GivenReferences(surroundings);
  const folder = mkdtempSync(join(tmpdir(), 'pod-'));
  const log = join(folder, 'log');
  let child: ChildProcess | undefined;
  try {
    const volumes = await volumesOf(facts, references, { pod: folder, claims: folder });
    const env = { ...(await environmentOf(container, postgresql.env!, references, facts)), ...instead };
    const watch = watchArguments ? new ArgumentsWatch() : undefined;
    const running = await Container.start(
      {
        folder: join(folder, 'container'),
        command: container.command.map((text: string) => expandVariables(text, env)),
        env,
        user: defaultUser,
        readOnlyRoot: container.securityContext.readOnlyRootFilesystem,
        mounts: await mountsOf(container, volumes),
        log,
      },
      (process) => {
        child = process;
        started?.(process);
      },
    );
    const timer =
      deadlineSeconds === undefined
        ? undefined
        : setTimeout(() => child!.kill('SIGKILL'), deadlineSeconds * 1000);
    const code = await running.ended;
    clearTimeout(timer);
    const output = readFileSync(log, 'utf8');
    return { code: child!.signalCode === null ? code : null, output, arguments: watch?.stop() ?? [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
