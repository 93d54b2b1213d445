import { readdirSync, readFileSync } from 'node:fs';

/** Looks at the arguments of every process of the machine, as any user of a node can, until it is stopped. */
export class ArgumentsWatch {
  private readonly lines = new Set<string>();
  private stopped = false;

  constructor() {
    const look = () => {
      this.look();
      if (!this.stopped) setTimeout(look, 2);
    };
    look();
  }

  /** Every command line seen. */
  stop(): string[] {
    this.stopped = true;
    return [...this.lines];
  }

  private look(): void {
    for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
      try {
        this.lines.add(readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' '));
      } catch {
        // The process has ended since.
      }
    }
  }
}
