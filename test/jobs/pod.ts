import { ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requirePrograms } from '../programs';
import { expandVariables } from '../unit/expand-variables';
import { ArgumentsWatch } from './arguments';

type Manifest = Record<string, any>;

/** What surrounds a pod. */
export interface Surroundings {
  readonly namespace: string;
  /** Secrets by name, their values decoded. */
  readonly secrets?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Files of the service account's folder. */
  readonly serviceAccount?: Readonly<Record<string, string>>;
  /** Variables to be set otherwise than the manifest says: addresses that the test's machine does not have. */
  readonly env?: Readonly<Record<string, string>>;
  /** When the pod is killed, as a Job's `activeDeadlineSeconds` does; never where nothing is said. */
  readonly deadlineSeconds?: number;
}

/** How a pod ended. */
export interface PodResult {
  readonly code: number | null;
  readonly output: string;
  /** Command lines of all processes that ran meanwhile. */
  readonly arguments: string[];
}

/** Somewhere in $1 the pod's own /tmp, in $2 the files of its service account; the command follows. */
const ENTER = `set -e
mount -t tmpfs tmpfs /run
mkdir -p /run/secrets/kubernetes.io/serviceaccount
cp "$2"/* /run/secrets/kubernetes.io/serviceaccount/ 2>/dev/null || true
mount --bind "$1" /tmp
mount -o remount,bind,ro /
shift 2
cd /
exec "$@"
`;

/**
 * Runs the container of a Job as a process: its command and variables as Kubernetes would hand them over, a root
 * file system that is read-only, a /tmp and a service account of its own, and, where the test may choose, a user
 * that is not root.
 */
export async function runJob(job: Manifest, surroundings: Surroundings): Promise<PodResult> {
  requirePrograms({ bash: 'bash', unshare: 'util-linux', setpriv: 'util-linux', mount: 'mount' });
  const [container] = job.spec.template.spec.containers;
  const env = environment(container.env, surroundings);
  const command = container.command.map((text: string) => expandVariables(text, env));
  const folder = mkdtempSync(join(tmpdir(), 'pod-'));
  try {
    mkdirSync(join(folder, 'tmp'), { mode: 0o777 });
    mkdirSync(join(folder, 'account'));
    Object.entries(surroundings.serviceAccount ?? {}).forEach(([name, text]) =>
      writeFileSync(join(folder, 'account', name), text),
    );
    const isRoot = process.getuid?.() === 0;
    const user = isRoot ? ['setpriv', '--reuid=65534', '--regid=0', '--clear-groups', '--no-new-privs'] : [];
    const enter = [
      ...(isRoot ? [] : ['--map-root-user']),
      '--mount',
      'bash',
      '-c',
      `chmod 777 "$1"\n${ENTER}`,
      'pod',
    ];
    const child = spawn(
      'unshare',
      [...enter, join(folder, 'tmp'), join(folder, 'account'), ...user, ...command],
      {
        env: { PATH: process.env.PATH, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const deadline = surroundings.deadlineSeconds;
    const timer =
      deadline === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), deadline * 1000);
    return await ended(child).finally(() => clearTimeout(timer));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function ended(child: ChildProcess): Promise<PodResult> {
  const watch = new ArgumentsWatch();
  let output = '';
  child.stdout?.on('data', (text) => (output += text));
  child.stderr?.on('data', (text) => (output += text));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, output, arguments: watch.stop() };
}

function environment(
  variables: Manifest[],
  { namespace, secrets = {}, env: instead = {} }: Surroundings,
): Record<string, string> {
  const env: Record<string, string> = {};
  for (const { name, value, valueFrom } of variables) {
    if (valueFrom?.secretKeyRef !== undefined) {
      env[name] = secrets[valueFrom.secretKeyRef.name][valueFrom.secretKeyRef.key];
    } else if (valueFrom?.fieldRef?.fieldPath === 'metadata.namespace') {
      env[name] = namespace;
    } else {
      env[name] = expandVariables(value, env);
    }
  }
  return { ...env, ...instead };
}
