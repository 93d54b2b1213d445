import { closeSync, constants, ftruncateSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Client, KubernetesObject } from '../cluster/client';

/** One line of a hosts file. */
export interface HostsLine {
  readonly address: string;
  readonly names: readonly string[];
}

/**
 * The names of Services as hosts files, one a namespace, kept up to date from what the real controllers make.
 *
 * Every Service is as if it had no cluster address: its name leads to its ready pods, so a Service's port must be
 * the port of its pods. What is not ready has no name, and other names do not resolve at all.
 */
export class Hosts {
  /** @param always lines of every file */
  static async start(client: Client, folder: string, always: readonly HostsLine[]): Promise<Hosts> {
    const hosts = new Hosts(folder, always);
    const watch = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' };
    hosts.endWatch = await client.watch(watch, (slice, gone) => hosts.learn(slice, gone));
    return hosts;
  }

  /** An /etc/nsswitch.conf that asks the hosts file and nobody else. */
  readonly nameServiceSwitch: string;
  private readonly slices = new Map<string, KubernetesObject>();
  private readonly namespaces = new Set<string>();
  private endWatch: () => Promise<void> = async () => undefined;

  private constructor(
    private readonly folder: string,
    private readonly always: readonly HostsLine[],
  ) {
    mkdirSync(folder, { recursive: true });
    this.nameServiceSwitch = join(folder, 'nsswitch.conf');
    writeFileSync(this.nameServiceSwitch, 'passwd: files\ngroup: files\nhosts: files\n');
  }

  /** The hosts file of the pods of a namespace. */
  fileOf(namespace: string): string {
    this.namespaces.add(namespace);
    this.write(namespace);
    return join(this.folder, namespace);
  }

  async stop(): Promise<void> {
    await this.endWatch();
  }

  private learn(slice: KubernetesObject, gone: boolean): void {
    const key = `${slice.metadata.namespace}/${slice.metadata.name}`;
    if (gone) this.slices.delete(key);
    else this.slices.set(key, slice);
    this.namespaces.forEach((namespace) => this.write(namespace));
  }

  /** In place, for the pods that have the file mounted, and never empty in between. */
  private write(namespace: string): void {
    const lines = [
      { address: '127.0.0.1', names: ['localhost'] },
      ...this.always,
      ...[...this.slices.values()].flatMap((slice) => linesOf(slice, namespace)),
    ];
    const text = lines.map(({ address, names }) => `${address}\t${names.join(' ')}\n`).join('');
    const file = openSync(join(this.folder, namespace), constants.O_RDWR | constants.O_CREAT, 0o644);
    writeSync(file, text, 0);
    ftruncateSync(file, Buffer.byteLength(text));
    closeSync(file);
  }
}

/** What pods of a namespace call the ready endpoints of a slice. */
export function linesOf(slice: KubernetesObject, namespace: string): HostsLine[] {
  const service = slice.metadata.labels?.['kubernetes.io/service-name'];
  if (!service) return [];
  const own = slice.metadata.namespace!;
  const forms = [`.${own}`, `.${own}.svc`, `.${own}.svc.cluster.local`, ...(own === namespace ? [''] : [])];
  const endpoints: { addresses: string[]; hostname?: string; conditions?: { ready?: boolean } }[] =
    slice.endpoints ?? [];
  return endpoints
    .filter(({ conditions }) => conditions?.ready !== false)
    .map(({ addresses, hostname }) => ({
      address: addresses[0],
      names: [service, ...(hostname ? [`${hostname}.${service}`] : [])].flatMap((name) =>
        forms.map((form) => name + form),
      ),
    }));
}
