import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { KubernetesObject } from '../cluster/client';
import { Cluster } from '../cluster/cluster';
import { Kubelet } from './kubelet';

let cluster: Cluster;
let kubelet: Kubelet;
let namespace: string;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
  kubelet = await Kubelet.start(cluster);
  namespace = await cluster.createNamespace('pods');
  await kubelet.attract(namespace);
});
afterAll(async () => {
  await kubelet.stop();
  await cluster.close();
});

const apply = (object: Omit<KubernetesObject, 'metadata'> & { metadata: object }) =>
  cluster.client.apply({ ...object, metadata: { namespace, ...object.metadata } } as KubernetesObject);
const read = (apiVersion: string, kind: string, name: string) =>
  cluster.client.read({ apiVersion, kind, name, namespace });
const kubectl = async (...args: string[]) => {
  const kubeconfig = cluster.kubeconfigFor({ namespace });
  return (await promisify(execFile)(cluster.kubectl, ['--kubeconfig', kubeconfig, ...args])).stdout;
};

const image = 'quay.io/fedora/postgresql-15:latest';
const bash = (script: string, more: object = {}) => ({
  name: 'main',
  image: 'example.com/anything',
  command: ['bash', '-c', script],
  ...more,
});

function job(name: string, container: object, pod: object = {}): KubernetesObject {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: {
      backoffLimit: 0,
      template: { spec: { restartPolicy: 'Never', containers: [container], ...pod } },
    },
  };
}

/** Runs a Job to its end. @returns its log */
async function run(object: KubernetesObject): Promise<string> {
  await apply(object);
  const { name } = object.metadata;
  await cluster.until(`Job ${name} has ended`, async () => {
    const conditions: { type: string; status: string }[] =
      (await read('batch/v1', 'Job', name))?.status?.conditions ?? [];
    return conditions.some(({ type, status }) => ['Complete', 'Failed'].includes(type) && status === 'True');
  });
  return kubectl('logs', `job/${name}`);
}

async function applyDatabase(name: string): Promise<void> {
  const secret = { POSTGRESQL_ADMIN_PASSWORD: `it's "$HOME" \\ é`, POSTGRES_USER: 'postgres' };
  await apply({ apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData: secret });
  await apply({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { selector: { app: name }, clusterIP: 'None', ports: [{ port: 5432 }] },
  });
  const exec = { command: ['/bin/sh', '-c', 'exec pg_isready -U ${POSTGRES_USER} -h 127.0.0.1 -p 5432'] };
  await apply({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name },
    spec: {
      serviceName: name,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          terminationGracePeriodSeconds: 5,
          containers: [
            {
              name: 'postgresql',
              image,
              env: [{ name: 'POSTGRESQL_MAX_CONNECTIONS', value: '42' }],
              envFrom: [{ secretRef: { name } }],
              readinessProbe: { exec, initialDelaySeconds: 5, periodSeconds: 10, timeoutSeconds: 5 },
              volumeMounts: [{ name: 'data', mountPath: '/var/lib/pgsql/data' }],
            },
          ],
        },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
    },
  });
  await databaseReady(name);
}

const databaseReady = (name: string) =>
  cluster.until(`${name} is ready`, async () => {
    const pod = await read('v1', 'Pod', `${name}-0`);
    const conditions: { type: string; status: string }[] = pod?.status?.conditions ?? [];
    return (
      pod?.metadata.deletionTimestamp === undefined &&
      conditions.some(({ type, status }) => type === 'Ready' && status === 'True')
    );
  });

const psql = (name: string, server: string, sql: string) =>
  job(name, {
    name: 'psql',
    image,
    command: ['psql', '-XAt', '-h', server, '-U', 'postgres', '-c', sql],
    env: [
      { name: 'PGPASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'POSTGRESQL_ADMIN_PASSWORD' } } },
    ],
  });

test('two databases run on port 5432 of their own addresses, are found by name, and keep their data', async () => {
  await Promise.all(['db', 'other'].map(applyDatabase));
  expect(await run(psql('write', 'db', 'CREATE TABLE t AS SELECT 7 AS a'))).toBe('SELECT 1\n');
  expect(await run(psql('settings', `db.${namespace}`, 'SHOW max_connections'))).toBe('42\n');
  expect(
    await run(psql('elsewhere', `other.${namespace}.svc.cluster.local`, "SELECT to_regclass('t') IS NULL")),
  ).toBe('t\n');
  const before = await read('v1', 'Pod', 'db-0');
  await cluster.client.delete({ apiVersion: 'v1', kind: 'Pod', name: 'db-0', namespace });
  await cluster.until('the pod is another one', async () => {
    const pod = await read('v1', 'Pod', 'db-0');
    return pod !== undefined && pod.metadata.uid !== before!.metadata.uid;
  });
  await databaseReady('db');
  expect(await run(psql('read', `db-0.db.${namespace}.svc`, 'SELECT a FROM t'))).toBe('7\n');
});

test('a container gets variables, files and a token that the API server takes, as its manifest says', async () => {
  const metadata = { name: 'things' };
  await apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { A: 'a', 'b.txt': 'file b' } });
  await apply({ apiVersion: 'v1', kind: 'Secret', metadata, stringData: { C: 'secret $(A)' } });
  const script = `set -e
    printf '%s|' "$A" "$B" "$C" "$D" "$POD"; echo
    cat /files/renamed; echo; cat /files/deep/C; echo
    account=/var/run/secrets/kubernetes.io/serviceaccount
    printf 'header = "Authorization: Bearer %s"' "$(cat $account/token)" |
      curl --silent --config - --cacert $account/ca.crt -XPOST -H 'Content-Type: application/json' \\
        -d '{"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"}' \\
        https://kubernetes.default.svc/apis/authentication.k8s.io/v1/selfsubjectreviews | grep '"username"'
    cat $account/namespace`;
  const env = [
    { name: 'B', value: 'b and $(A), not $$(A)' },
    { name: 'D', valueFrom: { secretKeyRef: { name: 'none', key: 'x', optional: true } } },
    { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
  ];
  const volumeMounts = [{ name: 'files', mountPath: '/files' }];
  const sources = [
    { configMap: { name: 'things', items: [{ key: 'b.txt', path: 'renamed' }] } },
    { secret: { name: 'things', items: [{ key: 'C', path: 'deep/C' }] } },
  ];
  const envFrom = [{ configMapRef: metadata }, { secretRef: metadata }];
  const volumes = [{ name: 'files', projected: { sources } }];
  expect(await run(job('things', bash(script, { env, envFrom, volumeMounts }), { volumes }))).toBe(
    [
      `a|b and a, not $(A)|secret $(A)||${namespace}|`,
      'file b',
      'secret $(A)',
      `      "username": "system:serviceaccount:${namespace}:default",`,
      namespace,
    ].join('\n'),
  );
});

test('a Job whose container fails is a failed Job, with the exit code and the log', async () => {
  expect(await run(job('failing', bash('echo before; exit 7')))).toBe('before\n');
  const [pod] = (await cluster.client.list('v1', 'Pod', namespace)).filter(({ metadata }) =>
    metadata.name.startsWith('failing-'),
  );
  expect(pod.status.phase).toBe('Failed');
  expect(pod.status.containerStatuses[0].state.terminated).toMatchObject({ exitCode: 7, reason: 'Error' });
});

test('init containers run one after the other before the others, and share folders with them', async () => {
  const volumeMounts = [{ name: 'shared', mountPath: '/shared' }];
  const pod = {
    volumes: [{ name: 'shared', emptyDir: {} }],
    initContainers: [
      { ...bash('echo 1 > /shared/log', { volumeMounts }), name: 'first' },
      { ...bash('echo 2 >> /shared/log', { volumeMounts }), name: 'second' },
    ],
  };
  expect(await run(job('init', bash('cat /shared/log', { volumeMounts }), pod))).toBe('1\n2\n');
});

test('a container that ends is started again and again, and its former log can be read', async () => {
  const container = bash('echo $((RANDOM)); exit 3');
  const metadata = { name: 'restless' };
  await apply({ apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [container] } });
  await cluster.until('it waits for its third start', async () => {
    const [status] = (await read('v1', 'Pod', 'restless'))?.status?.containerStatuses ?? [];
    return status?.restartCount >= 1 && status.state.waiting?.reason === 'CrashLoopBackOff';
  });
  expect(await kubectl('logs', 'restless', '--previous')).toMatch(/^\d+\n$/);
});

test('each line of a log has a time, from whose second reading can go on', async () => {
  await run(job('lines', bash('echo first; echo second; printf third')));
  const timed = await kubectl('logs', 'job/lines', '--timestamps');
  const [, second] = timed.split('\n').map((line) => line.split(' ')[0]);
  expect(timed.replace(/^\S+ /gm, '')).toBe('first\nsecond\nthird');
  expect(await kubectl('logs', 'job/lines', `--since-time=${second}`)).toBe('first\nsecond\nthird');
  expect(await kubectl('logs', 'job/lines', '--since-time=2099-01-01T00:00:00Z')).toBe('');
  expect(await kubectl('logs', 'job/lines', '--tail=1')).toBe('third');
});

test('what a pod refers to and is not there yet is waited for, and named', async () => {
  const container = bash('echo $A', {
    env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'late', key: 'A' } } }],
  });
  await apply(job('waiting', container));
  await cluster.until('the missing Secret is named', async () => {
    const pods = await cluster.client.list('v1', 'Pod', namespace);
    const pod = pods.find(({ metadata }) => metadata.name.startsWith('waiting-'));
    const waiting = pod?.status.containerStatuses?.[0].state.waiting;
    return waiting?.reason === 'CreateContainerConfigError' && waiting.message === 'secret "late" not found';
  });
  await apply({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'late' }, stringData: { A: 'came' } });
  expect(await run(job('waiting', container))).toBe('came\n');
});

test('a pod that is deleted may tidy up, and one that does not end is killed after its time', async () => {
  const metadata = (name: string) => ({ name });
  const polite = bash('trap "exit 5" TERM; echo up; sleep 1000 & wait');
  const stubborn = bash('echo up; exec sleep 1000');
  for (const [name, container] of Object.entries({ polite, stubborn })) {
    const spec = { terminationGracePeriodSeconds: 1, containers: [container] };
    await apply({ apiVersion: 'v1', kind: 'Pod', metadata: metadata(name), spec });
    await cluster.until(`${name} is up`, async () => {
      const pod = await read('v1', 'Pod', name);
      return pod?.status?.phase === 'Running' && (await kubectl('logs', name)) === 'up\n';
    });
    const process = kubelet.pod(namespace, name).containers[0].process!;
    await kubectl('delete', 'pod', name);
    expect(await read('v1', 'Pod', name)).toBeUndefined();
    expect(await process.ended).toBe(name === 'polite' ? 5 : 137);
  }
});
