import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import type { KubernetesObject } from '../client';
import type { Cluster } from '../cluster';
import { copyInto, distBundles } from '../dist';
import { playGeneratedSecrets } from '../generated-secrets';
import type { Chance } from '../operators/chance';
import type { Operator } from '../operators/controller';
import type { Lapses } from '../operators/lapses';
import { playRhdhOperator } from '../operators/rhdh';
import type { OperatorRelease } from '../operators/releases';
import { playSonataFlowOperator } from '../operators/sonataflow';
import { installPrerequisites } from '../prerequisites';

export interface SceneProps {
  /** Whether the operators run. @default true */
  readonly operators?: boolean;
  /** How long the operator of RHDH takes to look at a change, in ms. @default 0 */
  readonly operatorDelayMilliseconds?: number;
  /** Release of RHDH whose operator runs. @default '1.8' */
  readonly release?: OperatorRelease;
  /** What the operators draw from. @default - the chance of the run */
  readonly chance?: Chance;
  /** In what the operators are not ideal. @default one in 34 of their reads is behind */
  readonly lapses?: Lapses;
}

/** A fresh namespace with the operators and what the lab's hub needs, and a folder with bundles for it. */
export class Scene {
  static async open(cluster: Cluster, props: SceneProps = {}): Promise<Scene> {
    const namespace = await cluster.createNamespace('fault');
    const scene = new Scene(cluster, namespace, cluster.createFolder(), cluster.kubeconfigFor({ namespace }));
    await installPrerequisites(cluster.client, namespace);
    if (props.operators !== false) {
      await scene.playOperators(props);
    }
    return scene;
  }

  private readonly operators: Operator[] = [];

  private constructor(
    readonly cluster: Cluster,
    readonly namespace: string,
    /** Folder of the bundles. */
    readonly folder: string,
    /** Kubeconfig of the admin, with the namespace. */
    readonly kubeconfig: string,
  ) {}

  async playOperators({
    operatorDelayMilliseconds: delayMilliseconds = 0,
    release = '1.8',
    chance,
    lapses = { staleOneIn: 34 },
  }: SceneProps = {}): Promise<void> {
    const { client } = this.cluster;
    const props = { namespace: this.namespace, longestRetryMilliseconds: 1_000, chance };
    const rhdh = { ...props, ...lapses, release, delayMilliseconds };
    this.operators.push(await playRhdhOperator(client, rhdh));
    this.operators.push(await playSonataFlowOperator(client, { ...props, ...lapses }));
    this.operators.push(await playGeneratedSecrets(client, props));
  }

  /** Puts the bundles of `dist/` into the folder. */
  useDist(): void {
    copyInto(this.folder, distBundles, this.namespace);
  }

  /** Writes a bundle with these objects, in the scene's namespace, or with this text. */
  write(file: string, ...content: (string | Omit<KubernetesObject, never>)[]): void {
    const documents = content.map((part) => {
      if (typeof part === 'string') return part;
      return stringify({ ...part, metadata: { namespace: this.namespace, ...(part.metadata as object) } });
    });
    writeFileSync(join(this.folder, file), documents.join('---\n'));
  }

  /** Changes the text of a bundle. */
  edit(file: string, change: (text: string) => string): void {
    const path = join(this.folder, file);
    const text = readFileSync(path, 'utf8');
    const changed = change(text);
    if (changed === text) throw new Error(`${file} has nothing of what the test wants to change.`);
    writeFileSync(path, changed);
  }

  /** An object of the namespace. */
  async read(apiVersion: string, kind: string, name: string): Promise<KubernetesObject | undefined> {
    return this.cluster.client.read({ apiVersion, kind, name, namespace: this.namespace });
  }

  /** Waits until the operators have answered to everything. */
  async operatorsRest(): Promise<void> {
    await sleep(2_000);
    for (const operator of this.operators) await operator.rest();
  }

  async close(): Promise<void> {
    await Promise.all(this.operators.splice(0).map((operator) => operator.stop()));
  }
}
