import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from './client';
import { ControlPlane } from './control-plane';
import { writeKubeconfig } from './kubeconfig';
import { objectsIn, startKwok, writeLogs } from './kwok';

const crds = join(__dirname, '../../crds');

/** A permission in a namespace, as a Role says it. */
export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** A cluster with the project's custom resources, as a test sees it. */
export class Cluster {
  /** The cluster of this test run: the one `TEST_KUBECONFIG` names, which jest's global setup starts if unset. */
  static async ofThisRun(): Promise<Cluster> {
    const kubeconfig = process.env.TEST_KUBECONFIG;
    if (!kubeconfig) throw new Error('TEST_KUBECONFIG is not set: run this test by "npm run test:cluster".');
    return new Cluster(kubeconfig, await Client.connect(kubeconfig));
  }

  /** A control plane of the test's own, which it may break and must {@link close}. */
  static async start(report?: (line: string) => void): Promise<Cluster> {
    const plane = await ControlPlane.start(report);
    try {
      const client = await Client.connect(plane.kubeconfig);
      await startKwok(plane, client);
      const cluster = new Cluster(plane.kubeconfig, client, plane);
      await cluster.installCustomResources();
      return cluster;
    } catch (error) {
      await plane.stop();
      throw error;
    }
  }

  private readonly folder = mkdtempSync(join(tmpdir(), 'cdk8s-rhdh-test-'));
  private readonly namespaces: string[] = [];

  private constructor(
    /** Kubeconfig of a user who may do everything. */
    readonly kubeconfig: string,
    /** Client of that user. */
    readonly client: Client,
    private readonly ownPlane?: ControlPlane,
  ) {}

  /** The control plane, of a cluster that the test started itself. */
  get plane(): ControlPlane {
    if (!this.ownPlane) {
      throw new Error('This control plane belongs to the whole test run: use Cluster.start().');
    }
    return this.ownPlane;
  }

  /** Path of a kubectl of about the cluster's version. */
  get kubectl(): string {
    return process.env.TEST_KUBECTL ?? 'kubectl';
  }

  /** Makes the custom resources of `crds/` known, and waits until they are served. */
  async installCustomResources(): Promise<void> {
    const definitions = objectsIn(crds);
    for (const definition of definitions) await this.client.apply(definition);
    for (const { apiVersion, kind, metadata } of definitions) {
      await this.until(`${metadata.name} is served`, async () => {
        const live = await this.client.read({ apiVersion, kind, name: metadata.name });
        const conditions: { type: string; status: string }[] = live?.status?.conditions ?? [];
        return conditions.some(({ type, status }) => type === 'Established' && status === 'True');
      });
    }
  }

  /** A fresh namespace, deleted by {@link close}. @returns its name */
  async createNamespace(prefix = 'test'): Promise<string> {
    const name = `${prefix}-${randomBytes(4).toString('hex')}`;
    await this.client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    this.namespaces.push(name);
    return name;
  }

  /**
   * A user who may do in a namespace what the rules say and nothing else. Deleting the service account makes its
   * token invalid (within 10 s, the API server remembers good tokens that long).
   * @returns a kubeconfig
   */
  async kubeconfigOf(namespace: string, name: string, rules: readonly Rule[]): Promise<string> {
    const metadata = { name, namespace };
    const rbac = 'rbac.authorization.k8s.io';
    await this.client.apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata });
    await this.client.apply({ apiVersion: `${rbac}/v1`, kind: 'Role', metadata, rules });
    await this.client.apply({
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: rbac, kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    });
    const token = await this.client.issueToken(namespace, name);
    return this.kubeconfigFor({ token, namespace, user: name });
  }

  /** The admin's kubeconfig, with a namespace or another way to the API server. @returns a kubeconfig */
  kubeconfigFor(changes: { token?: string; namespace?: string; user?: string; server?: string }): string {
    const { server, ca, token } = this.client.connection();
    return writeKubeconfig(join(this.folder, `${randomBytes(4).toString('hex')}.kubeconfig`), {
      server: changes.server ?? server,
      ca,
      token: changes.token ?? token,
      user: changes.user ?? 'admin',
      namespace: changes.namespace,
    });
  }

  /** Certificate and key of the API server, for what stands in front of it; known of this project's clusters. */
  servingCertificate(): { cert: string; key: string } {
    const file = (name: string) => readFileSync(join(dirname(this.kubeconfig), 'certificates', name), 'utf8');
    return { cert: file('apiserver.crt'), key: file('apiserver.key') };
  }

  /** An empty folder, removed by {@link close}. */
  createFolder(): string {
    return mkdtempSync(join(this.folder, 'files-'));
  }

  /** What all containers of a name in a namespace have written, for `kubectl logs`. */
  async writeLogs(namespace: string, container: string, lines: readonly string[]): Promise<void> {
    await writeLogs(this.client, this.folder, namespace, container, lines);
  }

  /** Waits until something holds. */
  async until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const patience = Date.now() + 180_000;
    while (!(await holds())) {
      if (Date.now() > patience) throw new Error(`Still not so after three minutes: ${what}.`);
      await sleep(50);
    }
  }

  /** Deletes the namespaces that were made here, or stops the control plane when it is the test's own. */
  async close(): Promise<void> {
    if (this.ownPlane) {
      await this.ownPlane.stop();
    } else {
      for (const name of this.namespaces) {
        await this.client.delete({ apiVersion: 'v1', kind: 'Namespace', name });
      }
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
