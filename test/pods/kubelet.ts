import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { Server } from 'node:https';
import type { AddressInfo, Server as TcpServer } from 'node:net';
import { join } from 'node:path';
import type { KubernetesObject } from '../cluster/client';
import type { Cluster } from '../cluster/cluster';
import { ProcessGroup } from '../cluster/processes';
import { forwardToApiServer } from './api-forwarder';
import { Hosts } from './hosts';
import { type Image, images } from './images';
import { type ContainerLog, serveLogs } from './logs-server';
import { PodNetwork } from './network';
import { PodRun } from './pod-run';

export interface KubeletProps {
  /** Images known beside {@link images}, looked at first. @default [] */
  readonly images?: readonly Image[];
  /**
   * Divides the delays and periods of probes and the waits between restarts, so that a test need not wait; the
   * time in which a container must have come up stays. @default 20
   */
  readonly haste?: number;
}

/**
 * A node whose pods are real processes of this machine.
 *
 * It does what a kubelet does with the manifests of the move: environment, volumes, service account tokens, init
 * containers, probes, restarts, the end by SIGTERM and SIGKILL, logs through the API server. Each pod has a
 * network of its own, in which Services resolve by their names. What stands for an image is said in `images.ts`.
 * Not there: resource limits, capabilities, security profiles, lifecycle hooks, sidecars among the init
 * containers, changes of mounted ConfigMaps and Secrets.
 *
 * Pods come here when their namespace wants it, see {@link attract}.
 */
export class Kubelet {
  static async start(cluster: Cluster, props: KubeletProps = {}): Promise<Kubelet> {
    const network = PodNetwork.create();
    const processes = new ProcessGroup();
    try {
      const { client } = cluster;
      const apiServer = await forwardToApiServer(client.connection().server, network.gateway);
      const names = ['kubernetes.default.svc', 'kubernetes.default.svc.cluster.local', 'kubernetes.default'];
      const hosts = await Hosts.start(client, join(processes.folder, 'hosts'), [
        { address: network.gateway, names },
      ]);
      const kubelet = new Kubelet(cluster, network, processes, apiServer, hosts, props);
      await kubelet.register();
      return kubelet;
    } catch (error) {
      await processes.stop();
      network.remove();
      throw error;
    }
  }

  /** Name of the node. */
  readonly name = `machine-${randomBytes(4).toString('hex')}`;
  private readonly pods = new Map<string, PodRun>();
  private logs?: Server;
  private endWatch: () => Promise<void> = async () => undefined;

  private constructor(
    private readonly cluster: Cluster,
    private readonly network: PodNetwork,
    private readonly processes: ProcessGroup,
    private readonly apiServer: TcpServer,
    private readonly hosts: Hosts,
    private readonly props: KubeletProps,
  ) {}

  /** Makes all pods of a namespace, from now on, run here, and those of no other namespace. */
  async attract(namespace: string): Promise<void> {
    const annotations = {
      'scheduler.alpha.kubernetes.io/node-selector': `kubernetes.io/hostname=${this.name}`,
      'scheduler.alpha.kubernetes.io/defaultTolerations': JSON.stringify([
        { key: taint, operator: 'Exists' },
      ]),
    };
    const reference = { apiVersion: 'v1', kind: 'Namespace', name: namespace };
    await this.cluster.client.merge(reference, { metadata: { annotations } });
  }

  /** A pod that runs here, or has run here. */
  pod(namespace: string, name: string): PodRun {
    const found = [...this.pods].reverse().find(([key]) => key.startsWith(`${namespace}/${name}/`));
    if (!found) throw new Error(`No pod ${namespace}/${name} has run on ${this.name}.`);
    return found[1];
  }

  /** Ends all pods at once, as when a node loses power, and forgets what their claims hold. */
  async stop(): Promise<void> {
    await this.endWatch();
    await this.hosts.stop();
    for (const pod of this.pods.values()) pod.abandon();
    this.logs?.close();
    this.apiServer.close();
    await this.processes.stop();
    this.network.remove();
    await this.cluster.client.delete({ apiVersion: 'v1', kind: 'Node', name: this.name });
  }

  private async register(): Promise<void> {
    const { client } = this.cluster;
    this.logs = await serveLogs(this.cluster.servingCertificate(), (...which) => this.log(...which));
    const size = { cpu: '64', memory: '256Gi', 'ephemeral-storage': '1Ti', pods: '250' };
    await client.create({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name: this.name,
        labels: { 'kubernetes.io/hostname': this.name, 'kubernetes.io/os': 'linux' },
      },
      spec: { taints: [{ key: taint, effect: 'NoSchedule' }] },
      status: {
        allocatable: size,
        capacity: size,
        addresses: [{ type: 'InternalIP', address: '127.0.0.1' }],
        daemonEndpoints: { kubeletEndpoint: { Port: (this.logs.address() as AddressInfo).port } },
        conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady' }],
      },
    });
    this.endWatch = await client.watch({ apiVersion: 'v1', kind: 'Pod' }, (pod, gone) => this.see(pod, gone));
  }

  private see(pod: KubernetesObject, gone: boolean): void {
    if (pod.spec.nodeName !== this.name) return;
    const { namespace, name, uid, deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata;
    const key = `${namespace}/${name}/${uid}`;
    const known = this.pods.get(key);
    if (!known && !gone) {
      const folder = join(this.processes.folder, 'pods', uid!);
      this.pods.set(key, new PodRun(this.node(), pod, folder));
    } else if (known && gone) {
      void known.end(0);
    }
    if (deletionTimestamp && !gone) {
      void this.pods.get(key)!.end(Number(deletionGracePeriodSeconds ?? 30));
    }
  }

  private node() {
    const claims = join(this.processes.folder, 'claims');
    mkdirSync(claims, { recursive: true });
    return {
      client: this.cluster.client,
      network: this.network,
      hosts: this.hosts,
      images: [...(this.props.images ?? []), ...images],
      haste: this.props.haste ?? 20,
      claims,
      spawned: this.processes.adopt.bind(this.processes),
    };
  }

  private log(
    namespace: string,
    pod: string,
    container: string,
    previous: boolean,
  ): ContainerLog | undefined {
    const run = this.pod(namespace, pod);
    const found = [...run.initContainers, ...run.containers].find(({ status }) => status.name === container);
    return found && { file: found.log(previous), grows: () => found.process !== undefined };
  }
}

/** Keeps pods away whose namespace does not want them to be processes. */
const taint = 'cdk8s-rhdh.test/processes';
