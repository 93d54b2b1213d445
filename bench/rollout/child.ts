import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** How a program ran. */
export interface ChildRun {
  readonly stdout: string;
  /** From start to exit, in ms. */
  readonly milliseconds: number;
  /** Most memory that was resident, in MiB: Linux's VmHWM, looked at every 5 ms. */
  readonly mebibytes: number;
}

/** Runs a program to its end. Throws with what it said when it fails. */
export async function runChild(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<ChildRun> {
  const start = process.hrtime.bigint();
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  let kibibytes = 0;
  const look = setInterval(() => (kibibytes = Math.max(kibibytes, residentPeak(child.pid!))), 5);
  const [code] = (await once(child, 'close')) as [number | null];
  clearInterval(look);
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${stdout}${stderr}`);
  return { stdout, milliseconds, mebibytes: kibibytes / 1024 };
}

function residentPeak(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
