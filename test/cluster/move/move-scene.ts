import { parseAllDocuments, stringify } from 'yaml';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nudgeManager } from '../../../cli/rollout/apply/nudge';
import type { KubernetesObject } from '../client';
import type { Cluster } from '../cluster';
import { cli, type Ended } from '../faults/cli';
import { Chance } from '../operators/chance';
import type { Operator } from '../operators/controller';
import type { Lapses } from '../operators/lapses';
import { playRhdhOperator } from '../operators/rhdh';
import type { OperatorRelease } from '../operators/releases';
import { playSonataFlowOperator } from '../operators/sonataflow';
import {
  backstageVersion,
  bundles,
  hub,
  movesOrchestrator,
  oldHub,
  plugins,
  sourceSecret,
  targetSecret,
  workflow,
} from './move-bundles';
import { type Answers, playMoveJobs } from './move-jobs';

export interface MoveSceneProps {
  /** Release of the RHDH operator. @default '1.9' */
  readonly release?: OperatorRelease;
  /** Fields of the old hub's spec. @default none */
  readonly hubSpec?: object;
  /** How the move's Jobs answer. @default as if everything were well */
  readonly answers?: Answers;
  /** More objects that live in the namespace. @default none */
  readonly neighbours?: readonly Omit<KubernetesObject, never>[];
  /** What the operators draw from. @default - the chance of the run */
  readonly chance?: Chance;
  /** In what the operators are not ideal. @default one in 34 of their reads is behind */
  readonly lapses?: Lapses;
}

/** A namespace with a hub that lives on the operator's local database, and the bundles of its move. */
export class MoveScene {
  private static readonly opened: MoveScene[] = [];

  /** Ends the operators of all scenes. */
  static async closeAll(): Promise<void> {
    await Promise.all(this.opened.splice(0).map((scene) => scene.close()));
  }

  static async open(cluster: Cluster, props: MoveSceneProps = {}): Promise<MoveScene> {
    const namespace = await cluster.createNamespace('move');
    const release = props.release ?? '1.9';
    const scene = new MoveScene(cluster, namespace, cluster.createFolder(), release, props.answers ?? {});
    const chance = props.chance ?? Chance.ofThisRun();
    this.opened.push(scene);
    const operator = {
      namespace,
      longestRetryMilliseconds: 1_000,
      chance,
      ...(props.lapses ?? { staleOneIn: 34 }),
    };
    const servers = { source: sourceSecret, target: targetSecret };
    scene.jobs.push(await playMoveJobs(cluster.client, namespace, servers, scene.answers, scene.commands));
    scene.operators.push(
      await playRhdhOperator(cluster.client, { ...operator, release }),
      await playSonataFlowOperator(cluster.client, operator),
    );
    await scene.apply(plugins(release, ''), oldHub(release, props.hubSpec));
    // A workflow that comes before the hub's platform would bring an empty one, which both operators then write to.
    if (movesOrchestrator(release)) {
      await scene.untilRunning(3);
      await scene.apply(workflow('old'));
    }
    await scene.apply(...(props.neighbours ?? []));
    for (const [file, objects] of Object.entries(bundles(release))) scene.write(file, ...objects);
    await scene.untilRunning();
    return scene;
  }

  /** Commands that the Jobs were run with, in their sequence. */
  readonly commands: string[] = [];
  private readonly operators: Operator[] = [];
  private readonly jobs: Operator[] = [];

  private constructor(
    readonly cluster: Cluster,
    readonly namespace: string,
    /** Folder of the bundles. */
    readonly folder: string,
    private readonly release: OperatorRelease,
    /** How the move's Jobs answer; may be changed while they run. */
    readonly answers: Answers,
  ) {}

  /** Writes a bundle with these objects. */
  write(file: string, ...objects: object[]): void {
    const documents = objects.map((object) => {
      const { metadata } = object as KubernetesObject;
      return stringify({ ...object, metadata: { namespace: this.namespace, ...metadata } });
    });
    writeFileSync(join(this.folder, file), documents.join('---\n'));
  }

  /** Changes the objects of a bundle. */
  change(file: string, change: (objects: KubernetesObject[]) => object[]): void {
    const text = readFileSync(join(this.folder, file), 'utf8');
    const objects = parseAllDocuments(text).map((document) => document.toJS() as KubernetesObject);
    this.write(file, ...change(objects));
  }

  /** Runs `cdk8s-rhdh` on the bundles. */
  cli(command: string, ...options: string[]): Promise<Ended> {
    return cli(this.kubeconfig, command, this.folder, ...options);
  }

  /** Runs `cdk8s-rhdh` on the bundles. @returns its output @throws Error when it did not succeed */
  async succeed(command: string, ...options: string[]): Promise<string> {
    const { code, output } = await this.cli(command, ...options);
    if (code !== 0) throw new Error(`${command} ended with exit code ${code}:\n${output}`);
    return output;
  }

  get kubeconfig(): string {
    return this.cluster.kubeconfigFor({ namespace: this.namespace });
  }

  read(apiVersion: string, kind: string, name: string): Promise<KubernetesObject | undefined> {
    return this.cluster.client.read({ apiVersion, kind, name, namespace: this.namespace });
  }

  hub(): Promise<KubernetesObject | undefined> {
    return this.read(backstageVersion[this.release], 'Backstage', hub);
  }

  /** What the move's ConfigMap says of its steps: `keep done`. */
  async steps(): Promise<string[]> {
    const configMap = await this.read('v1', 'ConfigMap', 'cdk8s-rhdh-move');
    if (!configMap) return [];
    const { steps } = JSON.parse(configMap.data['move.json']) as {
      steps: { step: string; state: string }[];
    };
    return steps.map(({ step, state }) => `${step} ${state}`);
  }

  /** What must be as before: hub, platform, workflow, plugins, and the source's Secret, with their fields' owners. */
  async former(): Promise<Record<string, unknown>> {
    const objects = await Promise.all([
      this.hub(),
      this.read('sonataflow.org/v1alpha08', 'SonataFlowPlatform', 'sonataflow-platform'),
      this.read('sonataflow.org/v1alpha08', 'SonataFlow', 'greeting'),
      this.read('v1', 'ConfigMap', 'plugins'),
      this.read('v1', 'Secret', sourceSecret),
    ]);
    return Object.fromEntries(
      objects.map((object) => [
        object!.kind,
        {
          spec: object!.spec as unknown,
          data: object!.data as unknown,
          owners: object!.metadata.ownerReferences?.map(({ kind, name }) => `${kind}/${name}`),
          managers: managersOf(object!),
        },
      ]),
    );
  }

  /** Pods that run of each Deployment. */
  async running(): Promise<Record<string, number>> {
    const deployments = await this.cluster.client.list('apps/v1', 'Deployment', this.namespace);
    return Object.fromEntries(
      deployments.map(({ metadata, status }) => [metadata.name, status?.availableReplicas ?? 0]),
    );
  }

  /** Applies objects as a person does with kubectl. */
  private async apply(...objects: object[]): Promise<void> {
    for (const object of objects as KubernetesObject[]) {
      const metadata = { ...object.metadata, namespace: this.namespace };
      await this.cluster.client.apply({ ...object, metadata }, 'kubectl');
    }
  }

  /** Waits until so many Deployments are there, and all run: hub, services and workflow where nothing is said. */
  async untilRunning(workloads = movesOrchestrator(this.release) ? 4 : 1): Promise<void> {
    let running: Record<string, number> = {};
    const everythingRuns = this.cluster.until('everything runs', async () => {
      running = await this.running();
      return Object.keys(running).length >= workloads && Object.values(running).every((count) => count > 0);
    });
    await everythingRuns.catch((error: Error) => {
      throw new Error(`${error.message} ${JSON.stringify(running)}`);
    });
  }

  /** Ends the operators of RHDH and SonataFlow; the Jobs go on. */
  async stopOperators(): Promise<void> {
    await Promise.all(this.operators.splice(0).map((operator) => operator.stop()));
  }

  private async close(): Promise<void> {
    await this.stopOperators();
    await Promise.all(this.jobs.splice(0).map((jobs) => jobs.stop()));
  }
}

/** Who owns which fields, except for the status and what makes an operator look again, sorted. */
function managersOf({ metadata }: KubernetesObject): string[] {
  const fields = (metadata.managedFields ?? []) as {
    readonly manager: string;
    readonly operation: string;
    readonly apiVersion: string;
    readonly subresource?: string;
    readonly fieldsV1: object;
  }[];
  return fields
    .filter(({ manager, subresource }) => !subresource && manager !== nudgeManager)
    .map(({ manager, operation, apiVersion, fieldsV1 }) =>
      [manager, operation, apiVersion, JSON.stringify(fieldsV1)].join(' '),
    )
    .sort();
}
