import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Seen } from './proxy';

const program = join(__dirname, '../../../cli/build/main.js');

/** How a run of the command line ended. */
export interface Ended {
  /** Exit code. @default null: ended by a signal */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams, one after the other. */
  readonly output: string;
}

/** A run of `cdk8s-rhdh`, as a process of its own. */
export class Run {
  /** Settles when the process has ended. */
  readonly ended: Promise<Ended>;
  private readonly child: ChildProcess;
  private stdout = '';
  private stderr = '';

  /** @param path folders of programs. @default - the PATH of the tests */
  constructor(kubeconfig: string, args: readonly string[], path = process.env.PATH) {
    this.child = spawn(process.execPath, [program, ...args], {
      env: { PATH: path, HOME: process.env.HOME, KUBECONFIG: kubeconfig, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout!.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.ended = once(this.child, 'close').then(([code]) => ({
      code: code as number | null,
      stdout: this.stdout,
      stderr: this.stderr,
      output: this.output,
    }));
  }

  /** What the process has written so far, both streams. */
  get output(): string {
    return this.stdout + this.stderr;
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Kills it once a request is answered: the API server has done it, and the run does not know. */
  async killWhenAnswered(request: Seen): Promise<void> {
    while (request.status === undefined) await sleep(2);
    this.kill('SIGKILL');
  }
}

/** Runs `cdk8s-rhdh` to its end. */
export function cli(kubeconfig: string, ...args: string[]): Promise<Ended> {
  return new Run(kubeconfig, args).ended;
}
