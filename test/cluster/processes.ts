import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Reads a line of process ids whenever the set changes; when the pipe ends, for whatever reason, kills the last
 * set and removes the folder. The kernel closes the pipe even when the owner is killed with SIGKILL.
 */
const watchdogScript = `
while read -r line; do pids=$line; done
[ -z "$pids" ] || kill -KILL $pids 2>/dev/null
until rm -rf "$1" 2>/dev/null; do sleep 0.1; done
`;

/** Processes that share a temporary folder, and end with it, however this process ends. */
export class ProcessGroup {
  /** Temporary folder of the group: data, logs, credentials; readable by its owner alone. */
  readonly folder = mkdtempSync(join(tmpdir(), 'cdk8s-rhdh-cluster-'));

  private readonly running = new Map<string, ChildProcess>();
  private readonly watchdog = spawn('sh', ['-c', watchdogScript, 'watchdog', this.folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });

  constructor() {
    this.watchdog.stdin!.on('error', () => undefined);
  }

  /** Starts a program; its output goes to `<folder>/<name>.log`. */
  start(name: string, path: string, args: readonly string[]): ChildProcess {
    const log = openSync(this.logFile(name), 'a');
    const child = spawn(path, args, { cwd: this.folder, stdio: ['ignore', log, log], detached: true });
    closeSync(log);
    this.adopt(name, child);
    return child;
  }

  /** Makes a process that somebody else has just started one of the group. */
  adopt(name: string, child: ChildProcess): void {
    child.once('exit', () => {
      if (this.running.get(name) === child) this.running.delete(name);
      this.tellWatchdog();
    });
    this.running.set(name, child);
    this.tellWatchdog();
  }

  /** Ends one program and waits until it is gone. */
  async kill(name: string, signal: NodeJS.Signals): Promise<void> {
    const child = this.running.get(name);
    if (!child) throw new Error(`${name} is not running.`);
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  isRunning(name: string): boolean {
    return this.running.has(name);
  }

  /** The last lines a program wrote, for an error message. */
  lastLines(name: string, count = 20): string {
    const file = this.logFile(name);
    return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n') : '';
  }

  /** Ends all programs and removes the folder. */
  async stop(): Promise<void> {
    if (this.watchdog.exitCode !== null || this.watchdog.signalCode !== null) return;
    const gone = once(this.watchdog, 'exit');
    this.watchdog.stdin!.end();
    await gone;
  }

  private logFile(name: string): string {
    return join(this.folder, `${name}.log`);
  }

  private tellWatchdog(): void {
    const pids = [...this.running.values()].map((child) => child.pid).filter((pid) => pid !== undefined);
    if (this.watchdog.stdin!.writable) this.watchdog.stdin!.write(`${pids.join(' ')}\n`);
  }
}
