import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { binaries, type Program } from './binaries';
import { writeKubeconfig } from './kubeconfig';
import { freePorts } from './ports';
import { ProcessGroup } from './processes';

/**
 * etcd, an API server with RBAC, the controllers and the scheduler, on free ports of the loopback interface.
 *
 * All state is in one temporary folder, which is removed with the processes by {@link stop}, or by itself when
 * this process ends in any other way.
 */
export class ControlPlane {
  /** Builds what is missing, starts everything and waits until the API server is ready. */
  static async start(report?: (line: string) => void): Promise<ControlPlane> {
    const programs = await binaries(report);
    const [etcdPort, apiPort, kwokPort] = await freePorts(3);
    const plane = new ControlPlane(programs, { etcdPort, apiPort, kwokPort });
    try {
      plane.startEtcd();
      await plane.startApiServer();
      plane.startControllers();
      return plane;
    } catch (error) {
      await plane.stop();
      throw error;
    }
  }

  readonly processes = new ProcessGroup();
  /** URL of the API server. */
  readonly server: string;
  /** Port on which kwok answers as the kubelet of its nodes. */
  readonly kwokPort: number;

  private readonly etcdPort: number;
  private readonly apiPort: number;
  private readonly adminToken = randomBytes(24).toString('hex');

  private constructor(
    private readonly programs: Record<Program, string>,
    ports: { etcdPort: number; apiPort: number; kwokPort: number },
  ) {
    ({ etcdPort: this.etcdPort, apiPort: this.apiPort, kwokPort: this.kwokPort } = ports);
    this.server = `https://127.0.0.1:${this.apiPort}`;
    const keys = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    this.write('service-account.key', keys.privateKey);
    this.write('service-account.pub', keys.publicKey);
    this.write('tokens.csv', `${this.adminToken},admin,admin,"system:masters"\n`);
  }

  /** Certificate authority of the API server, PEM. */
  get ca(): string {
    return readFileSync(this.file('certificates/apiserver.crt'), 'utf8');
  }

  /** Kubeconfig of a user who may do everything. */
  get kubeconfig(): string {
    return this.file('admin.kubeconfig');
  }

  /** Path of a program, for those who start more beside the control plane. */
  program(name: Program): string {
    return this.programs[name];
  }

  /** Starts the API server, also again after it was killed: same port, same certificate, same data. */
  async startApiServer(): Promise<void> {
    this.processes.start('kube-apiserver', this.programs['kube-apiserver'], [
      `--etcd-servers=http://127.0.0.1:${this.etcdPort}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${this.apiPort}`,
      `--cert-dir=${this.file('certificates')}`,
      '--endpoint-reconciler-type=none',
      '--authorization-mode=RBAC',
      `--token-auth-file=${this.file('tokens.csv')}`,
      '--service-cluster-ip-range=10.0.0.0/16',
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-signing-key-file=${this.file('service-account.key')}`,
      `--service-account-key-file=${this.file('service-account.pub')}`,
      '--kubelet-preferred-address-types=InternalIP',
      // Both wait for kubelet-side controllers that a cluster without machines does not have.
      '--disable-admission-plugins=ServiceAccount,TaintNodesByCondition',
      // A namespace says by annotations on which node its pods run.
      // OpenShift asks who may give an object an owner (Kubernetes docs, Admission Controllers).
      '--enable-admission-plugins=PodNodeSelector,PodTolerationRestriction,OwnerReferencesPermissionEnforcement',
    ]);
    await this.untilReady();
    writeKubeconfig(this.kubeconfig, {
      server: this.server,
      ca: this.ca,
      token: this.adminToken,
      user: 'admin',
    });
  }

  async stop(): Promise<void> {
    await this.processes.stop();
  }

  private startEtcd(): void {
    const url = `http://127.0.0.1:${this.etcdPort}`;
    this.processes.start('etcd', this.programs.etcd, [
      `--data-dir=${this.file('etcd')}`,
      `--listen-client-urls=${url}`,
      `--advertise-client-urls=${url}`,
      '--listen-peer-urls=http://127.0.0.1:0',
      '--unsafe-no-fsync',
      '--log-level=error',
    ]);
  }

  private startControllers(): void {
    const common = [`--kubeconfig=${this.kubeconfig}`, '--leader-elect=false', '--secure-port=0'];
    this.processes.start('kube-controller-manager', this.programs['kube-controller-manager'], [
      ...common,
      `--service-account-private-key-file=${this.file('service-account.key')}`,
      `--root-ca-file=${this.file('certificates/apiserver.crt')}`,
      // kwok answers for the nodes.
      '--controllers=*,-node-lifecycle-controller',
    ]);
    this.processes.start('kube-scheduler', this.programs['kube-scheduler'], [
      ...common,
      // A pod that was looked at before the scheduler knew that its volume is bound would wait 5 minutes.
      '--pod-max-in-unschedulable-pods-duration=10s',
    ]);
  }

  private async untilReady(): Promise<void> {
    while (!(await this.isReady())) {
      for (const name of ['etcd', 'kube-apiserver']) {
        if (this.processes.isRunning(name)) continue;
        throw new Error(`${name} ended while the control plane started:\n${this.processes.lastLines(name)}`);
      }
      await sleep(100);
    }
  }

  private async isReady(): Promise<boolean> {
    if (!existsSync(this.file('certificates/apiserver.crt'))) return false;
    return new Promise((resolve) => {
      const headers = { Authorization: `Bearer ${this.adminToken}` };
      get(`${this.server}/readyz`, { ca: this.ca, headers, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      }).once('error', () => resolve(false));
    });
  }

  private file(name: string): string {
    return join(this.processes.folder, name);
  }

  private write(name: string, content: string): void {
    writeFileSync(this.file(name), content, { mode: 0o600 });
  }
}
