import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, closeSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { requirePrograms } from '../programs';

/** A file or folder of this machine that a container sees. */
export interface Mount {
  readonly source: string;
  /** Absolute path in the container. */
  readonly target: string;
  /** @default false */
  readonly readOnly?: boolean;
}

export interface ContainerProps {
  /** Folder for what belongs to the container; made here. */
  readonly folder: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Number of the user; its group is 0. */
  readonly user: number;
  /** @default "/" */
  readonly workingDir?: string;
  /** Whether nothing but volumes can be written. @default false */
  readonly readOnlyRoot?: boolean;
  /** @default [] */
  readonly mounts?: readonly Mount[];
  /** File that gets both output streams. */
  readonly log: string;
  /** @default - that of this machine */
  readonly hostname?: string;
  /** Process whose network the container shares. @default - the network of this machine */
  readonly networkOf?: number;
}

/** How a container ended: 128 and the signal when one ended it, as container runtimes say it. */
export type ExitCode = number;

const signals: Readonly<Record<string, number>> = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

/**
 * The first child of a shell in a new process namespace is number 1 there, and the shell says how it ended
 * (`unshare --fork` of util-linux 2.38 says 1 for every signal). What the shell says of a signal is no output.
 */
const supervise = 'exec 3>&2 2>/dev/null; "$@" 2>&3 3>&-; exit $?';
const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * A container without an image: a process that is the first of its own process namespace, on a copy of this
 * machine's file system that forgets what is written, with its own /tmp, /run, /dev, user and volumes. When the
 * first process ends, the kernel ends all others of the container.
 */
export class Container {
  /** Starts it; the process is known to {@link spawned} before it can do anything. */
  static async start(props: ContainerProps, spawned: (child: ChildProcess) => void): Promise<Container> {
    requirePrograms({ unshare: 'util-linux', nsenter: 'util-linux', setpriv: 'util-linux', mount: 'mount' });
    for (const part of ['root', 'layer']) mkdirSync(join(props.folder, part), { recursive: true });
    const lines = (props.mounts ?? []).map(({ source, target, readOnly }) => {
      return `${source}\t${target}\t${readOnly ? 'ro' : 'rw'}\n`;
    });
    writeFileSync(join(props.folder, 'mounts'), lines.join(''));
    const log = openSync(props.log, 'a');
    const [program, ...args] = commandLine(props);
    const child = spawn(program, args, {
      env: { PATH: path, ...props.env },
      stdio: ['ignore', log, log],
      detached: true,
    });
    closeSync(log);
    const ended = once(child, 'exit').then(([code, signal]) => {
      return (code as number | null) ?? 128 + (signals[signal as string] ?? 0);
    });
    spawned(child);
    const container = new Container(props, child, ended);
    while (!existsSync(join(props.folder, 'entered')) && container.isRunning) await sleep(5);
    return container;
  }

  private constructor(
    private readonly props: ContainerProps,
    private readonly child: ChildProcess,
    /** Settles when the container has ended. */
    readonly ended: Promise<ExitCode>,
  ) {}

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Sends a signal to the first process of the container, which decides about it as on Linux number 1 does. */
  signal(signal: NodeJS.Signals): void {
    const pid = this.pid();
    if (pid !== undefined) process.kill(pid, signal);
  }

  /** Runs a command in the container, as probes do. @returns its exit code; after the time limit 124 */
  async run(command: readonly string[], timeoutSeconds: number): Promise<{ code: number; output: string }> {
    const pid = this.pid();
    if (pid === undefined) return { code: 126, output: 'container is not running' };
    const namespaces = ['--mount', '--pid', '--net', '--uts', '--ipc', '--root', '--wd'];
    const user = ['setpriv', `--reuid=${this.props.user}`, '--regid=0', '--clear-groups', '--no-new-privs'];
    const inside = ['bash', '-c', 'cd "$0" && exec "$@"', this.props.workingDir ?? '/', ...command];
    const args = [`--target=${pid}`, ...namespaces, 'timeout', String(timeoutSeconds), ...user, ...inside];
    const child = spawn('nsenter', args, {
      env: { PATH: path, ...this.props.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (output += text));
    const [code] = await once(child, 'close');
    return { code: (code as number | null) ?? 137, output };
  }

  /** The first process of the container, as this machine counts. */
  private pid(): number | undefined {
    if (!this.isRunning) return undefined;
    const { pid } = this.child;
    try {
      const [first] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
      return first ? Number(first) : undefined;
    } catch {
      return undefined;
    }
  }
}

/** A user who is not root becomes root of a user namespace, where all below is allowed, and stays that user. */
function commandLine(props: ContainerProps): string[] {
  const isRoot = process.getuid?.() === 0;
  return [
    ...(props.networkOf === undefined ? [] : ['nsenter', `--net=/proc/${props.networkOf}/ns/net`]),
    'unshare',
    ...(isRoot ? [] : ['--map-root-user']),
    ...['--mount', '--uts', '--ipc', '--pid'],
    ...['bash', '-c', supervise, 'supervise'],
    ...['setpriv', '--pdeathsig=KILL', 'bash', join(__dirname, 'enter.sh'), props.folder],
    String(isRoot ? props.user : 0),
    props.workingDir ?? '/',
    props.readOnlyRoot ? 'ro' : 'rw',
    props.hostname ?? '',
    ...props.command,
  ];
}
