import type { ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expandVariables } from '../unit/expand-variables';
import { Container, type Mount } from './container';
import { environmentOf, type PodFacts } from './environment';
import { defaultUser, type Image } from './images';
import { watchProbe } from './probe';
import { MissingReferenceError, type References } from './references';
import type { ContainerState, ContainerStatus, RestartPolicy, Terminated } from './status';
import { mountsOf } from './volumes';

/** What the containers of a pod have in common. */
export interface PodSurroundings extends PodFacts {
  /** Folder of the pod, for folders and logs of its containers. */
  readonly folder: string;
  readonly images: readonly Image[];
  readonly references: References;
  readonly volumes: ReadonlyMap<string, string>;
  /** Files that every container of the pod sees, beside its volumes. */
  readonly files: readonly Mount[];
  /** Process whose network the pod has. */
  readonly networkOf: number;
  /** Divides the delays and periods of probes and the waits between restarts. */
  readonly haste: number;
  /** Gets each process before it does anything. */
  readonly spawned: (name: string, child: ChildProcess) => void;
  readonly changed: () => void;
}

/** Waits before restarts: 10 s, then twice as long each time, at most 5 min (`pkg/kubelet/kubelet.go`). */
const firstBackOff = 10_000;
const longestBackOff = 300_000;
/** How often a missing reference is looked up again. */
const lookAgain = 500;

const reasonOf = (error: unknown) =>
  error instanceof MissingReferenceError ? 'CreateContainerConfigError' : 'RunContainerError';

/** One container of a pod, from its start over its restarts to its end. */
export class ContainerRun {
  private state: ContainerState = { waiting: { reason: 'ContainerCreating' } };
  private lastState?: ContainerState;
  private ready = false;
  private started = false;
  private restartCount = 0;
  private container?: Container;
  private stopping = false;

  constructor(
    private readonly spec: Record<string, any>,
    private readonly pod: PodSurroundings,
  ) {}

  get status(): ContainerStatus {
    const { name, image } = this.spec;
    const { ready, started, restartCount, state, lastState } = this;
    return { name, image, imageID: '', ready, started, restartCount, state, ...(lastState && { lastState }) };
  }

  /** The process, while there is one. */
  get process(): Container | undefined {
    return this.container?.isRunning ? this.container : undefined;
  }

  /** File with the output of the present container, or of the one before it. */
  log(previous: boolean): string {
    return this.logOf(previous ? this.restartCount - 1 : this.restartCount);
  }

  /** Runs the container until it is not to be started again. @returns its last exit code */
  async run(restartPolicy: RestartPolicy): Promise<number> {
    for (;;) {
      const code = await this.runOnce();
      if (this.stopping || restartPolicy === 'Never' || (restartPolicy === 'OnFailure' && code === 0)) {
        return code;
      }
      await this.backOff();
      if (this.stopping) return code;
    }
  }

  /** Asks the container to end, and ends it after the time that the pod gives it. */
  async stop(graceSeconds: number): Promise<void> {
    this.stopping = true;
    const container = this.process;
    if (!container) return;
    container.signal('SIGTERM');
    const patience = setTimeout(() => container.signal('SIGKILL'), graceSeconds * 1000);
    await container.ended;
    clearTimeout(patience);
  }

  /** Starts nothing any more. */
  abandon(): void {
    this.stopping = true;
  }

  private async runOnce(): Promise<number> {
    const container = await this.start();
    if (!container) return 1;
    const startedAt = now();
    this.started = !this.spec.startupProbe;
    this.ready = this.started && !this.spec.readinessProbe;
    this.change({ running: { startedAt } });
    this.probe(container);
    const exitCode = await container.ended;
    this.ready = false;
    this.started = false;
    const reason = exitCode === 0 ? 'Completed' : 'Error';
    const terminated: Terminated = { exitCode, reason, startedAt, finishedAt: now() };
    this.change({ terminated });
    return exitCode;
  }

  /** @returns undefined when the pod was to end before the container could start */
  private async start(): Promise<Container | undefined> {
    while (!this.stopping) {
      try {
        this.container = await this.create();
        return this.container;
      } catch (error) {
        this.change({ waiting: { reason: reasonOf(error), message: (error as Error).message } });
        await sleep(lookAgain);
      }
    }
    return undefined;
  }

  private async create(): Promise<Container> {
    const { spec, pod } = this;
    const image = pod.images.find(({ names }) => names.test(spec.image));
    if (!spec.command && !image?.command) {
      throw new Error(`nothing stands for the entry point of the image ${spec.image}`);
    }
    const env = await environmentOf(spec, image?.env ?? {}, pod.references, pod);
    const command: string[] = [...(spec.command ?? image!.command), ...(spec.args ?? [])];
    const volumeMounts = await mountsOf(spec, pod.volumes);
    const name = `${spec.name}-${this.restartCount}`;
    const folder = join(pod.folder, name);
    mkdirSync(folder, { recursive: true });
    const security = { ...pod.pod.spec.securityContext, ...spec.securityContext };
    return Container.start(
      {
        folder,
        command: command.map((text) => expandVariables(text, env)),
        env,
        user: security.runAsUser ?? defaultUser,
        workingDir: spec.workingDir ?? image?.workingDir,
        readOnlyRoot: security.readOnlyRootFilesystem,
        mounts: [...pod.files, ...(image?.files ?? []), ...volumeMounts],
        log: this.logOf(this.restartCount),
        hostname: pod.pod.metadata.name,
        networkOf: pod.networkOf,
      },
      (child) => pod.spawned(name, child),
    );
  }

  private probe(container: Container): void {
    const ports = Object.fromEntries(
      (this.spec.ports ?? []).map(({ name, containerPort }: any) => [name, containerPort]),
    );
    const probed = { container, podIP: this.pod.podIP, ports };
    const watch = (probe: Record<string, any>, decided: (good: boolean) => void) =>
      void watchProbe(probe, probed, this.pod.haste, decided);
    const { startupProbe, readinessProbe, livenessProbe } = this.spec;
    const kill = () => void this.kill(container);
    const whenStarted = () => {
      this.started = true;
      if (readinessProbe) watch(readinessProbe, (good) => this.beReady(good));
      else this.beReady(true);
      if (livenessProbe) watch(livenessProbe, (good) => good || kill());
    };
    if (startupProbe) watch(startupProbe, (good) => (good ? whenStarted() : kill()));
    else whenStarted();
  }

  private beReady(ready: boolean): void {
    if (!this.process) return;
    this.ready = ready;
    this.pod.changed();
  }

  /** Ends a container that its probe has given up, as politely as the pod's end would. */
  private async kill(container: Container): Promise<void> {
    const grace: number = this.pod.pod.spec.terminationGracePeriodSeconds ?? 30;
    container.signal('SIGTERM');
    const patience = setTimeout(() => container.signal('SIGKILL'), grace * 1000);
    await container.ended;
    clearTimeout(patience);
  }

  private async backOff(): Promise<void> {
    this.lastState = this.state;
    const wait = Math.min(firstBackOff * 2 ** this.restartCount, longestBackOff) / this.pod.haste;
    const seconds = Math.round((wait * this.pod.haste) / 1000);
    const message = `back-off ${seconds}s restarting failed container=${this.spec.name} pod=${this.pod.pod.metadata.name}`;
    this.change({ waiting: { reason: 'CrashLoopBackOff', message } });
    const until = Date.now() + wait;
    while (!this.stopping && Date.now() < until) await sleep(Math.min(50, wait));
    rmSync(join(this.pod.folder, `${this.spec.name}-${this.restartCount}`), { recursive: true, force: true });
    this.restartCount += 1;
  }

  private change(state: ContainerState): void {
    this.state = state;
    this.pod.changed();
  }

  private logOf(restart: number): string {
    return join(this.pod.folder, `${this.spec.name}-${restart}.log`);
  }
}

const now = () => new Date().toISOString().replace(/\.\d+/, '');
