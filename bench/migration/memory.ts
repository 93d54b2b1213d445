import { readdirSync, readFileSync } from 'node:fs';

/**
 * Watches the memory of a process and its descendants: the greatest sum of their proportional set sizes (memory that
 * several share is divided among them), several times a second. Page cache of files does not count.
 */
export class MemoryWatch {
  /** The greatest sum so far, in MiB. */
  public peak = 0;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly pid: number) {
    this.timer = setInterval(() => (this.peak = Math.max(this.peak, this.sum())), 200);
  }

  public stop(): number {
    clearInterval(this.timer);
    return this.peak;
  }

  private sum(): number {
    const parents = new Map<number, number>();
    for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
      const stat = read(`/proc/${name}/stat`);
      parents.set(Number(name), Number(stat.replace(/^.*\) /s, '').split(' ')[1]));
    }
    const within = (pid: number): boolean =>
      pid === this.pid || (parents.has(pid) && within(parents.get(pid)!));
    const kilobytes = [...parents.keys()]
      .filter(within)
      .map((pid) => Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0));
    return kilobytes.reduce((sum, size) => sum + size, 0) / 1024;
  }
}

/** The text of a file of a process, which may be gone. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
