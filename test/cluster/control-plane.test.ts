import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from './client';
import { Cluster } from './cluster';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
});
afterAll(() => cluster.close());

const container = { name: 'main', image: 'example.com/image:1' };

test('a Deployment becomes available, and its logs come through the API server', async () => {
  const namespace = await cluster.createNamespace();
  const labels = { app: 'hub' };
  await cluster.writeLogs(namespace, 'main', ['first line', 'last line']);
  await cluster.client.apply({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'hub', namespace },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container] } },
    },
  });

  await cluster.until('both replicas are available', async () => {
    const hub = await cluster.client.read({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'hub',
      namespace,
    });
    return hub?.status?.availableReplicas === 2;
  });

  const [pod] = await cluster.client.list('v1', 'Pod', namespace);
  const log = await cluster.client.call(
    'GET',
    `/api/v1/namespaces/${namespace}/pods/${pod.metadata.name}/log`,
  );
  expect(log.text).toBe('first line\nlast line\n');
});

test.each([
  ['never-ready', { running: expect.anything() }],
  [
    'crash-loop',
    { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 40s restarting failed container' } },
  ],
  [
    'image-pull',
    { waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling image "example.com/image:1"' } },
  ],
])('a pod told to be %s is not ready and says why', async (annotation, state) => {
  const namespace = await cluster.createNamespace();
  const reference = { apiVersion: 'v1', kind: 'Pod', name: 'hub', namespace };
  await cluster.client.create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'hub', namespace, annotations: { 'cdk8s-rhdh.test/pod': annotation } },
    spec: { containers: [container] },
  });

  await cluster.until('the kubelet reported', async () =>
    Boolean((await cluster.client.read(reference))?.status?.containerStatuses),
  );

  const [status] = (await cluster.client.read(reference))!.status.containerStatuses;
  expect(status).toMatchObject({ name: 'main', ready: false, state });
});

test.each([
  ['', 'Complete'],
  ['fail', 'Failed'],
])('a Job whose pod is told "%s" ends with the condition %s', async (annotation, condition) => {
  const namespace = await cluster.createNamespace();
  await cluster.client.apply({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'copy', namespace },
    spec: {
      backoffLimit: 0,
      template: {
        metadata: { annotations: { 'cdk8s-rhdh.test/pod': annotation } },
        spec: { restartPolicy: 'Never', containers: [container] },
      },
    },
  });

  let ended: string | undefined;
  await cluster.until('the Job ended', async () => {
    const job = await cluster.client.read({ apiVersion: 'batch/v1', kind: 'Job', name: 'copy', namespace });
    const conditions: { type: string; status: string }[] = job?.status?.conditions ?? [];
    ended = conditions.find(
      ({ type, status }) => ['Complete', 'Failed'].includes(type) && status === 'True',
    )?.type;
    return ended !== undefined;
  });
  expect(ended).toBe(condition);
});

test('a claim is bound at once by the default StorageClass, and with its first pod by the other', async () => {
  const namespace = await cluster.createNamespace();
  const claim = (name: string, storageClassName?: string) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace },
    spec: { storageClassName, accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  });
  const phase = async (name: string) =>
    (await cluster.client.read({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', name, namespace }))?.status
      ?.phase;
  await cluster.client.apply(claim('late', 'wait-for-first-consumer'));
  await cluster.client.apply(claim('at-once'));

  await cluster.until('the default class bound its claim', async () => (await phase('at-once')) === 'Bound');
  expect(await phase('late')).toBe('Pending');

  await cluster.client.apply({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'consumer', namespace },
    spec: {
      containers: [container],
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'late' } }],
    },
  });
  await cluster.until('the other class bound its claim', async () => (await phase('late')) === 'Bound');
});

test('a user may do what the rules say, until the service account is deleted', async () => {
  const namespace = await cluster.createNamespace();
  const rules = [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list'] }];
  const kubeconfig = await cluster.kubeconfigOf(namespace, 'reader', rules);
  const reader = await Client.connect(kubeconfig);

  expect((await reader.list('v1', 'ConfigMap', namespace)).map(({ metadata }) => metadata.name)).toEqual([
    'kube-root-ca.crt',
  ]);
  await expect(reader.list('v1', 'Secret', namespace)).rejects.toThrow('403 secrets is forbidden');

  await cluster.client.delete({ apiVersion: 'v1', kind: 'ServiceAccount', name: 'reader', namespace });
  await cluster.until('the token is refused', async () => {
    const answer = await reader.list('v1', 'ConfigMap', namespace).catch((error: Error) => error.message);
    return String(answer).includes('401 Unauthorized');
  });
});

test('nothing is left when the process that started a control plane is killed', async () => {
  const script = `
    require('ts-node').register({ swc: true });
    const { ControlPlane } = require('./test/cluster/control-plane');
    ControlPlane.start().then((plane) => console.log(plane.processes.folder));
  `;
  const owner = spawn(process.execPath, ['-e', script], {
    cwd: join(__dirname, '../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [printed] = (await once(owner.stdout, 'data')) as [Buffer];
  const folder = printed.toString().trim();
  const ofThisPlane = () =>
    execFileSync('ps', ['ax', '-o', 'command'], { encoding: 'utf8' })
      .split('\n')
      .filter((command) => command.includes(folder));
  expect(ofThisPlane()).not.toEqual([]);

  owner.kill('SIGKILL');

  await cluster.until('all processes are gone', async () => ofThisPlane().length === 0);
  await cluster.until('the folder is gone', async () => !existsSync(folder));
});
