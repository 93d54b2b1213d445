import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What decides about the output must not come from the shell of whoever measures. */
const environment = { ...process.env };
delete environment.PG_ADMIN_PASS;
delete environment.CDK8S_OUTDIR;

/** Runs a program to its end. Throws with what it said when it fails. */
export function run([program, ...args], env = {}) {
  const begin = process.hrtime.bigint();
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    env: { ...environment, ...env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const milliseconds = Number(process.hrtime.bigint() - begin) / 1e6;
  if (status !== 0) {
    throw new Error(`${program} ${args.join(' ')} failed: ${error?.message ?? ''}\n${stdout}${stderr}`);
  }
  return { milliseconds, stdout };
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Runs programs in turn (A, B, C, A, B, C, …), once for a warm file cache and then `repetitions` times, each time
 * into a new folder. Returns for each the median of the whole process, and of each number that it printed as JSON.
 * @param programs for each name, the command for an output folder, and its environment
 */
export function inTurn(programs, repetitions, workspace) {
  const runs = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
  for (let round = 0; round <= repetitions; round += 1) {
    for (const [name, { command, env = () => ({}), report }] of Object.entries(programs)) {
      const outdir = mkdtempSync(join(workspace, 'out-'));
      const { milliseconds, stdout } = run(command(outdir), env(outdir));
      rmSync(outdir, { recursive: true });
      if (round > 0) {
        runs[name].push({ process: milliseconds, ...(report ? JSON.parse(stdout) : {}) });
      }
    }
  }
  return Object.fromEntries(Object.entries(runs).map(([name, values]) => [name, medians(values)]));
}

function medians(values) {
  return Object.fromEntries(
    Object.keys(values[0]).map((key) => [key, median(values.map((value) => value[key]))]),
  );
}
