import type { ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, type KubernetesObject, RefusedError } from '../cluster/client';
import { ContainerRun, type PodSurroundings } from './container-run';
import type { Hosts } from './hosts';
import type { Image } from './images';
import type { PodNetwork } from './network';
import { References } from './references';
import { conditionsOf, type ContainerStatus, phaseOf, type PodState } from './status';
import { type VolumeFolders, volumesOf } from './volumes';

/** The node on which pods run, as one of them sees it. */
export interface Node {
  readonly client: Client;
  readonly network: PodNetwork;
  readonly hosts: Hosts;
  readonly images: readonly Image[];
  readonly haste: number;
  /** Folder of what claims keep. */
  readonly claims: string;
  readonly spawned: (name: string, child: ChildProcess) => void;
}

/** One pod on the node, from its binding to its end; what it does is written to its status. */
export class PodRun {
  readonly initContainers: ContainerRun[] = [];
  readonly containers: ContainerRun[] = [];
  private ending = false;
  private holder?: ChildProcess;
  private podIP = '';
  private waiting = 'ContainerCreating';
  private readonly startTime = now();
  private conditions: { type: string; status: string; lastTransitionTime: string }[] = [];
  private writing: Promise<void> = Promise.resolve();
  private unwritten = false;
  private readonly ran: Promise<void>;

  constructor(
    private readonly node: Node,
    private readonly pod: KubernetesObject,
    /** Folder of the pod. */
    readonly folder: string,
  ) {
    mkdirSync(folder, { recursive: true });
    this.ran = this.run();
  }

  /** Ends the pod and, unless it is gone already, tells the API server that it may be. */
  async end(graceSeconds: number): Promise<void> {
    if (this.ending) return;
    this.ending = true;
    await Promise.all([...this.initContainers, ...this.containers].map((run) => run.stop(graceSeconds)));
    await this.ran;
    this.changed();
    await this.writing;
    this.holder?.kill('SIGKILL');
    rmSync(join(this.folder, 'volumes'), { recursive: true, force: true });
    const { name, namespace, uid } = this.pod.metadata;
    await unlessGone(
      this.node.client.call('DELETE', `/api/v1/namespaces/${namespace}/pods/${name}`, {
        gracePeriodSeconds: 0,
        preconditions: { uid },
      }),
    );
  }

  /** Starts nothing any more and says nothing: the node is gone. */
  abandon(): void {
    this.ending = true;
    this.unwritten = true;
    for (const run of [...this.initContainers, ...this.containers]) run.abandon();
  }

  private async run(): Promise<void> {
    const { pod, node } = this;
    const { name, namespace } = pod.metadata;
    const { address, pid } = await node.network.plug((holder) => {
      this.holder = holder;
      node.spawned(`${namespace}/${name}`, holder);
    });
    this.podIP = address;
    const facts = { pod, podIP: address };
    const references = new References(node.client, namespace!);
    const volumes = await this.untilThere({ pod: this.folder, claims: node.claims }, facts, references);
    if (!volumes) return;
    const surroundings: PodSurroundings = {
      ...facts,
      folder: this.folder,
      images: node.images,
      references,
      volumes,
      files: [
        { source: node.hosts.fileOf(namespace!), target: '/etc/hosts', readOnly: true },
        { source: node.hosts.nameServiceSwitch, target: '/etc/nsswitch.conf', readOnly: true },
      ],
      networkOf: pid,
      haste: node.haste,
      spawned: (container, child) => node.spawned(`${namespace}/${name}/${container}`, child),
      changed: () => this.changed(),
    };
    const create = (spec: Record<string, any>) => new ContainerRun(spec, surroundings);
    this.initContainers.push(...((pod.spec.initContainers ?? []) as Record<string, any>[]).map(create));
    this.containers.push(...(pod.spec.containers as Record<string, any>[]).map(create));
    const policy = pod.spec.restartPolicy ?? 'Always';
    for (const container of this.initContainers) {
      if (this.ending) return;
      const code = await container.run(policy === 'Never' ? 'Never' : 'OnFailure');
      if (code !== 0) return;
    }
    if (this.ending) return;
    await Promise.all(this.containers.map((container) => container.run(policy)));
    this.changed();
  }

  private async untilThere(
    folders: VolumeFolders,
    facts: { pod: KubernetesObject; podIP: string },
    references: References,
  ): Promise<Map<string, string> | undefined> {
    while (!this.ending) {
      try {
        return await volumesOf(facts, references, folders);
      } catch (error) {
        this.waiting = (error as Error).message;
        this.changed();
        await sleep(500);
      }
    }
    return undefined;
  }

  private state(): PodState {
    const { pod } = this;
    const unborn = ({ name, image }: { name: string; image: string }): ContainerStatus => ({
      name,
      image,
      imageID: '',
      ready: false,
      started: false,
      restartCount: 0,
      state: { waiting: { reason: 'ContainerCreating', message: this.waiting } },
    });
    const statuses = (runs: ContainerRun[], specs: { name: string; image: string }[] = []) =>
      runs.length ? runs.map(({ status }) => status) : specs.map(unborn);
    return {
      restartPolicy: pod.spec.restartPolicy ?? 'Always',
      initContainers: statuses(this.initContainers, pod.spec.initContainers),
      containers: statuses(this.containers, pod.spec.containers),
      ending: this.ending,
    };
  }

  /** Writes the status, one write after the other; several changes meanwhile are one write. */
  private changed(): void {
    if (this.unwritten) return;
    this.unwritten = true;
    this.writing = this.writing.then(() => {
      this.unwritten = false;
      return this.write();
    });
  }

  private async write(): Promise<void> {
    const { name, namespace, uid } = this.pod.metadata;
    const state = this.state();
    const conditions = conditionsOf(state).map((condition) => {
      const former = this.conditions.find(({ type }) => type === condition.type);
      const same = former?.status === condition.status;
      return { ...condition, lastTransitionTime: same ? former.lastTransitionTime : now() };
    });
    this.conditions = conditions;
    const status = {
      phase: phaseOf(state),
      startTime: this.startTime,
      hostIP: '127.0.0.1',
      ...(this.podIP && { podIP: this.podIP, podIPs: [{ ip: this.podIP }] }),
      conditions,
      initContainerStatuses: state.initContainers,
      containerStatuses: state.containers,
    };
    const reference = { apiVersion: 'v1', kind: 'Pod', name, namespace };
    for (let tries = 0; tries < 20; tries++) {
      try {
        await unlessGone(this.node.client.merge(reference, { metadata: { uid }, status }, 'status'));
        return;
      } catch {
        await sleep(250);
      }
    }
  }
}

const now = () => new Date().toISOString().replace(/\.\d+/, '');

async function unlessGone(answer: Promise<unknown>): Promise<void> {
  try {
    await answer;
  } catch (error) {
    if (!(error instanceof RefusedError) || ![404, 409].includes(error.status)) throw error;
  }
}
