import { readFileSync } from 'node:fs';

/**
 * Watches the memory of a process and its descendants: the greatest sum of their proportional set sizes (memory that
 * several share is divided among them), once a second: looking takes processor time from what is measured. Page cache of
 * files does not count.
 */
export class MemoryWatch {
  /** The greatest sum so far, in MiB. */
  peak = 0;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly pid: number) {
    this.timer = setInterval(() => (this.peak = Math.max(this.peak, memoryOf(this.pid) / 1024)), 1000);
  }

  stop(): number {
    clearInterval(this.timer);
    return this.peak;
  }
}

/** Memory of a process and its descendants, in KiB. */
function memoryOf(pid: number): number {
  const own = Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return children.reduce((sum, child) => sum + memoryOf(child), own);
}

/** The text of a file of a process, which may be gone. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
