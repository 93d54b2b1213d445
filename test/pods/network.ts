import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { requirePrograms } from '../programs';

const prefix = 'rhdh-pods-';
const ip = (...args: string[]) => execFileSync('ip', args, { stdio: ['ignore', 'pipe', 'pipe'] });

/** The network of one pod: a namespace with an address of its own, and 127.0.0.1 of its own. */
export interface PodNamespace {
  readonly address: string;
  /** Process that holds the namespace, and with whose end it is gone. */
  readonly pid: number;
}

/**
 * A bridge of this machine to which the pods' network namespaces are plugged, without a way out: pods reach each
 * other and this machine's end of the bridge, as on one node of a cluster.
 *
 * The addresses are of 198.18.0.0/15, which is reserved for tests (RFC 2544) and so nobody's.
 */
export class PodNetwork {
  static create(): PodNetwork {
    requirePrograms({ ip: 'iproute2', nsenter: 'util-linux', unshare: 'util-linux' });
    if (process.getuid?.() !== 0) {
      throw new Error(
        'Pods as processes have networks of their own, which only root may make: run it as root.',
      );
    }
    removeLeftBridges();
    for (let number = 0; number < 256; number++) {
      try {
        ip('link', 'add', `${prefix}${number}`, 'type', 'bridge');
      } catch (error) {
        if (String((error as { stderr?: Buffer }).stderr).includes('File exists')) continue;
        throw error;
      }
      const network = new PodNetwork(number);
      ip('link', 'set', 'dev', network.bridge, 'alias', String(process.pid));
      ip('address', 'add', `${network.gateway}/24`, 'dev', network.bridge);
      ip('link', 'set', 'dev', network.bridge, 'up');
      return network;
    }
    throw new Error(`All 256 networks ${prefix}… are in use.`);
  }

  private last = 1;

  private constructor(private readonly number: number) {}

  /** Address of this machine on the network. */
  get gateway(): string {
    return `198.18.${this.number}.1`;
  }

  /** A namespace for a pod; its process is known to `spawned` at once. */
  async plug(spawned: (holder: ChildProcess) => void): Promise<PodNamespace> {
    const holder = spawn('unshare', ['--net', 'sleep', 'infinity'], { stdio: 'ignore', detached: true });
    spawned(holder);
    const pid = holder.pid!;
    const own = readlinkSync('/proc/self/ns/net');
    while (namespaceOf(pid) === own) await sleep(2);
    const host = this.nextHost();
    const address = `198.18.${this.number}.${host}`;
    const cable = `${prefix}${this.number}-${host}`;
    ip('link', 'add', cable, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(pid));
    ip('link', 'set', 'dev', cable, 'master', this.bridge, 'up');
    const inside = (...args: string[]) =>
      execFileSync('nsenter', [`--net=/proc/${pid}/ns/net`, 'ip', ...args], { stdio: 'pipe' });
    inside('link', 'set', 'dev', 'lo', 'up');
    inside('address', 'add', `${address}/24`, 'dev', 'eth0');
    inside('link', 'set', 'dev', 'eth0', 'up');
    return { address, pid };
  }

  /** Takes the bridge away; its pods must have ended. */
  remove(): void {
    ip('link', 'delete', 'dev', this.bridge);
  }

  private get bridge(): string {
    return `${prefix}${this.number}`;
  }

  /** An address that nobody has, and that was not given a moment ago. */
  private nextHost(): number {
    for (let tries = 0; tries < 253; tries++) {
      this.last = this.last >= 254 ? 2 : this.last + 1;
      if (!existsSync(`/sys/class/net/${prefix}${this.number}-${this.last}`)) return this.last;
    }
    throw new Error('All 253 addresses of pods are in use.');
  }
}

/** Bridges of runs that were killed: the process that made one is its alias. */
function removeLeftBridges(): void {
  for (const name of readdirSync('/sys/class/net').filter((name) => /^rhdh-pods-\d+$/.test(name))) {
    const owner = readFileSync(`/sys/class/net/${name}/ifalias`, 'utf8').trim();
    if (owner && !existsSync(`/proc/${owner}`)) ip('link', 'delete', 'dev', name);
  }
}

function namespaceOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`);
  } catch {
    throw new Error(`The process ${pid}, which holds the network of a pod, has ended.`);
  }
}
