import { BackstageClient } from '../backstage/client';
import { backstageModules } from '../backstage/install';
import type { KubernetesObject } from '../cluster/client';
import type { Cluster } from '../cluster/cluster';
import { cli, type Ended } from '../cluster/faults/cli';
import type { Operator } from '../cluster/operators/controller';
import { playRhdhOperator } from '../cluster/operators/rhdh';
import type { OperatorRelease } from '../cluster/operators/releases';
import { playSonataFlowOperator } from '../cluster/operators/sonataflow';
import { hubImage } from '../pods/images';
import { Kubelet } from '../pods/kubelet';
import { backendSecret, formerHub, hubName, writeMove } from './app';

export const localDatabase = `backstage-psql-${hubName}`;
export const newDatabase = 'hub-postgres';

/**
 * A namespace in which a real Backstage and sessions like those of SonataFlow's services run on the operator's
 * local PostgreSQL, and the bundles of its move to another one.
 */
export class MoveScene {
  private static readonly opened: MoveScene[] = [];

  /** Ends the operators and pods of all scenes. */
  static async closeAll(): Promise<void> {
    await Promise.all(this.opened.splice(0).map((scene) => scene.close()));
  }

  static async open(cluster: Cluster, release: OperatorRelease): Promise<MoveScene> {
    const image = hubImage(await backstageModules());
    const kubelet = await Kubelet.start(cluster, { images: [image] });
    const namespace = await cluster.createNamespace('move');
    await kubelet.attract(namespace);
    const scene = new MoveScene(cluster, kubelet, namespace, cluster.createFolder());
    this.opened.push(scene);
    writeMove(scene.folder, namespace);
    const operator = { namespace, longestRetryMilliseconds: 1_000 };
    scene.operators.push(
      await playRhdhOperator(cluster.client, { ...operator, release }),
      await playSonataFlowOperator(cluster.client, operator),
    );
    for (const object of formerHub('plugins', release)) {
      const metadata = { namespace, ...object.metadata };
      await cluster.client.apply({ ...object, metadata } as KubernetesObject, 'kubectl');
    }
    await scene.untilReady(`${localDatabase}-0`);
    // The operator's Job makes it too, where its pod finds psql first.
    const names = await scene.sql(localDatabase, 'SELECT datname FROM pg_database');
    if (!names.includes('backstage_plugin_orchestrator')) {
      await scene
        .sql(localDatabase, 'CREATE DATABASE backstage_plugin_orchestrator')
        .catch((error: Error) => {
          if (!error.message.includes('already exists')) throw error;
        });
    }
    await scene.untilRunning();
    return scene;
  }

  private readonly operators: Operator[] = [];

  private constructor(
    readonly cluster: Cluster,
    readonly kubelet: Kubelet,
    readonly namespace: string,
    /** Folder of the bundles. */
    readonly folder: string,
  ) {}

  /** Runs `cdk8s-rhdh` on the bundles. */
  cli(command: string, ...options: string[]): Promise<Ended> {
    const kubeconfig = this.cluster.kubeconfigFor({ namespace: this.namespace });
    return cli(kubeconfig, command, this.folder, ...options);
  }

  /** Runs `cdk8s-rhdh` on the bundles. @returns its output @throws Error when it did not succeed */
  async succeed(command: string, ...options: string[]): Promise<string> {
    const { code, output } = await this.cli(command, ...options);
    if (code !== 0) throw new Error(`${command} ended with exit code ${code}:\n${output}`);
    return output;
  }

  /** The hub that runs now. */
  async backstage(): Promise<BackstageClient> {
    const pod = (await this.pods()).find(
      ({ metadata, status }) =>
        metadata.name.startsWith(`backstage-${hubName}-`) && !metadata.deletionTimestamp && isReady(status),
    );
    if (!pod) throw new Error('No pod of the hub is ready.');
    return new BackstageClient(`http://${pod.status.podIP}:7007`, backendSecret);
  }

  async exists(apiVersion: string, kind: string, name: string): Promise<boolean> {
    const { client } = this.cluster;
    return (await client.read({ apiVersion, kind, name, namespace: this.namespace })) !== undefined;
  }

  /** Runs SQL in the pod of a database. @returns what psql prints, unaligned */
  async sql(server: string, sql: string, database = 'postgres'): Promise<string[]> {
    const container = this.kubelet.pod(this.namespace, `${server}-0`).containers[0].process!;
    const psql = ['psql', '-XAtq', '-v', 'ON_ERROR_STOP=1', '-h', '127.0.0.1', '-d', database, '-c', sql];
    const { code, output } = await container.run(psql, 30);
    if (code !== 0) throw new Error(`psql on ${server}: ${output}`);
    return output.split('\n').filter((line) => line !== '');
  }

  /** What Backstage has noted in the databases of its plugins about their migrations, and of locks on them. */
  async migrations(server: string): Promise<string[]> {
    const databases = await this.sql(
      server,
      `SELECT datname FROM pg_database WHERE datname LIKE 'backstage\\_plugin\\_%' ORDER BY 1`,
    );
    const noted = databases.map(async (database) => {
      const rows = `SELECT format('SELECT %L, t::text FROM %I AS t ORDER BY 2;', current_database() || '.' || relname, relname)
        FROM pg_class WHERE relkind = 'r' AND relname ~ 'knex_migrations(_lock)?$' ORDER BY relname`;
      const statements = await this.sql(server, rows, database);
      return statements.length === 0 ? [] : this.sql(server, statements.join(''), database);
    });
    return (await Promise.all(noted)).flat();
  }

  /** Who has sessions on a server: databases and users, sorted. */
  async sessions(server: string): Promise<string[]> {
    return this.sql(
      server,
      `SELECT DISTINCT datname FROM pg_stat_activity WHERE client_addr IS NOT NULL AND client_addr <> '127.0.0.1' ORDER BY 1`,
    );
  }

  /** Waits until the hub and both services run with all that their Deployments want. */
  async untilRunning(): Promise<void> {
    await this.cluster.until('everything runs', async () => {
      const deployments = await this.cluster.client.list('apps/v1', 'Deployment', this.namespace);
      return (
        deployments.length === 3 &&
        deployments.every(
          ({ metadata, spec, status }) =>
            status?.observedGeneration === metadata.generation &&
            status?.updatedReplicas === spec.replicas &&
            status?.replicas === spec.replicas &&
            status?.availableReplicas === spec.replicas,
        )
      );
    });
  }

  private async close(): Promise<void> {
    await Promise.all(this.operators.splice(0).map((operator) => operator.stop()));
    await this.kubelet.stop();
  }

  private pods(): Promise<KubernetesObject[]> {
    return this.cluster.client.list('v1', 'Pod', this.namespace);
  }

  private async untilReady(name: string): Promise<void> {
    await this.cluster.until(`${name} is ready`, async () => {
      const pod = (await this.pods()).find(({ metadata }) => metadata.name === name);
      return isReady(pod?.status);
    });
  }
}

const isReady = (status?: { conditions?: { type: string; status: string }[] }) =>
  (status?.conditions ?? []).some(({ type, status }) => type === 'Ready' && status === 'True');
