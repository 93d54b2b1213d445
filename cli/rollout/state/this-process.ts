import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';

/** Who works here, for people: `alice@laptop (process 4711)`. */
export function identity(): string {
  return `${userInfo().username}@${hostname()} (process ${process.pid})`;
}

/**
 * Which process of which start of which machine: boot id, PID namespace and process id on Linux (proc(5), namespaces(7)).
 * Machines can share a name, and every Linux begins with the same PID namespace; a boot id is drawn at each start.
 */
export function thisProcess(): string {
  const machine = thisMachine();
  return machine === undefined ? `${hostname()} - ${process.pid}` : `${machine} ${process.pid}`;
}

/** Whether a process, told by `thisProcess`, is known to have ended. Of another machine nothing is known. */
export function isDead(written: string): boolean {
  const [, machine, pid] = /^(\S+ \S+) (\d+)$/.exec(written) ?? [];
  if (machine === undefined || machine !== thisMachine() || !Number(pid)) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Nothing where the system does not tell whether it is the same machine, started no more than once. */
function thisMachine(): string | undefined {
  try {
    const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${bootId} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return undefined;
  }
}
