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
  /** ConfigMaps by name. */
  readonly configMaps?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Files of the service account's folder. */
  readonly serviceAccount?: Readonly<Record<string, string>>;
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
  readonly code: number | null;
  readonly output: string;
  /** Command lines of all processes that ran meanwhile. */
  readonly arguments: string[];
}

/**
 * In $1 the pod's own /tmp, in $2 the files of its service account, in $3 how many volumes there are; their folders and
 * mount paths follow, then the command. A folder that the machine does not have is laid over its parent.
 */
const ENTER = `set -e
mount -t tmpfs tmpfs /run
mkdir -p /run/secrets/kubernetes.io/serviceaccount
cp "$2"/* /run/secrets/kubernetes.io/serviceaccount/ 2>/dev/null || true
tmp=$1
volumes=$3
shift 3
while [ "$volumes" -gt 0 ]; do
  parent=$(dirname "$2")
  mkdir -p "/run/over$parent/upper" "/run/over$parent/work"
  [ -e "$2" ] || mount -t overlay overlay -o "lowerdir=$parent,upperdir=/run/over$parent/upper,workdir=/run/over$parent/work" "$parent"
  mkdir -p "$2"
  mount --bind "$1" "$2"
  mount -o remount,bind,ro "$2"
  volumes=$((volumes - 1))
  shift 2
done
mount --bind "$tmp" /tmp
mount -o remount,bind,ro /
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
    const volumes = writeVolumes(folder, job.spec.template.spec, surroundings);
    const isRoot = process.getuid?.() === 0;
    const user = isRoot
      ? ['setpriv', '--reuid=65534', '--regid=0', '--clear-groups', '--no-new-privs', '--pdeathsig=KILL']
      : [];
    const enter = [
      ...(isRoot ? [] : ['--map-root-user']),
      '--mount',
      // As in a container: its first process has the id 1, and when that ends or is killed, all others are.
      '--pid',
      '--fork',
      '--kill-child',
      'bash',
      '-c',
      `chmod 777 "$1"\n${ENTER}`,
      'pod',
    ];
    const child = spawn(
      'unshare',
      [
        ...enter,
        join(folder, 'tmp'),
        join(folder, 'account'),
        String(volumes.length / 2),
        ...volumes,
        ...user,
        ...command,
      ],
      {
        env: { PATH: process.env.PATH, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    surroundings.started?.(child);
    const deadline = surroundings.deadlineSeconds;
    const timer =
      deadline === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), deadline * 1000);
    return await ended(child, surroundings.watchArguments ?? true).finally(() => clearTimeout(timer));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes the files of each volume that is a ConfigMap or Secret; gives folders and mount paths in turn. */
function writeVolumes(
  folder: string,
  spec: Manifest,
  { configMaps = {}, secrets = {} }: Surroundings,
): string[] {
  const [{ volumeMounts }] = spec.containers;
  return spec.volumes
    .filter((volume: Manifest) => volume.emptyDir === undefined)
    .flatMap((volume: Manifest) => {
      const path = join(folder, 'volumes', volume.name);
      const { mountPath } = volumeMounts.find(({ name }: Manifest) => name === volume.name);
      const data = volume.configMap ? configMaps[volume.configMap.name] : secrets[volume.secret.secretName];
      mkdirSync(path, { recursive: true });
      const items =
        (volume.configMap ?? volume.secret).items ?? Object.keys(data).map((key) => ({ key, path: key }));
      items.forEach((item: Manifest) => writeFileSync(join(path, item.path), data[item.key]));
      return [path, mountPath];
    });
}

async function ended(child: ChildProcess, watchArguments: boolean): Promise<PodResult> {
  const watch = watchArguments ? new ArgumentsWatch() : undefined;
  let output = '';
  child.stdout?.on('data', (text) => (output += text));
  child.stderr?.on('data', (text) => (output += text));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, output, arguments: watch?.stop() ?? [] };
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
