import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse, stringify } from 'yaml';
import { requirePrograms } from '../programs';
import { Cluster } from './cluster';

requirePrograms({ unshare: 'util-linux', mount: 'mount' });

const program = join(__dirname, '../../cli/build/main.js');

let cluster: Cluster;
let bundles: string;
let namespace: string;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
  bundles = cluster.createFolder();
  namespace = await cluster.createNamespace();
  const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } };
  writeFileSync(join(bundles, '0000-settings.yaml'), stringify(settings));
});
afterAll(() => cluster.close());

interface Found {
  readonly code: number;
  /** The event `cluster`. @default - it was not found */
  readonly cluster?: { readonly server: string; readonly context: string; readonly namespace: string };
  readonly message: string;
}

/** Which cluster and namespace `plan` finds; it has the environment that is given and no other. */
async function find(
  env: Record<string, string>,
  args: readonly string[] = [],
  wrapper: readonly string[] = [],
): Promise<Found> {
  const [first, ...rest] = [...wrapper, process.execPath, program, 'plan', bundles, '-o', 'json', ...args];
  const run = promisify(execFile)(first!, rest, {
    env: { PATH: process.env.PATH!, HOME: '/nonexistent', ...env },
  });
  const { stdout, stderr, code } = await run.then(
    (output) => ({ ...output, code: 0 }),
    (error: { stdout: string; stderr: string; code: number }) => error,
  );
  const events = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { type: string });
  const found = events.find(({ type }) => type === 'cluster') as Found['cluster'];
  return {
    code,
    cluster: found && { server: found.server, context: found.context, namespace: found.namespace },
    message: stderr,
  };
}

interface Kubeconfig {
  clusters: { name: string; cluster: Record<string, unknown> }[];
  users: { name: string; user: Record<string, unknown> }[];
  contexts: { name: string; context: { cluster: string; user: string; namespace?: string } }[];
  'current-context'?: string;
}

/** Writes the admin's kubeconfig, changed. @returns its path */
function kubeconfig(change: (config: Kubeconfig) => void): string {
  const config = parse(readFileSync(cluster.kubeconfigFor({ namespace }), 'utf8')) as Kubeconfig;
  change(config);
  const file = join(cluster.createFolder(), 'kubeconfig');
  writeFileSync(file, stringify(config), { mode: 0o600 });
  return file;
}

const server = () => cluster.client.connection().server;
const nowhere = 'https://127.0.0.1:1';

test('--context and --namespace win over what the kubeconfig has, --kubeconfig over KUBECONFIG', async () => {
  const file = kubeconfig((config) => {
    config.clusters.push({ name: 'away', cluster: { server: nowhere } });
    config.contexts.push({ name: 'away', context: { cluster: 'away', user: 'admin' } });
    config['current-context'] = 'away';
  });
  expect(await find({ KUBECONFIG: file }, ['--context', 'test'])).toMatchObject({
    code: 2,
    cluster: { server: server(), context: 'test', namespace },
  });
  expect(
    await find({ KUBECONFIG: '/nonexistent' }, ['--kubeconfig', file, '--context', 'test']),
  ).toMatchObject({
    code: 2,
  });
  expect(await find({ KUBECONFIG: file }, ['--context', 'test', '-n', 'default'])).toMatchObject({
    code: 2,
    cluster: { namespace: 'default' },
  });
  expect((await find({ KUBECONFIG: file }, ['--context', 'other'])).message).toContain(
    'no context other; there are: test, away',
  );
});

test('of several files of KUBECONFIG the first that names something counts, and those that are missing do not', async () => {
  const first = kubeconfig((config) => {
    config.clusters[0]!.cluster.server = nowhere;
    config.clusters[0]!.name = 'away';
    delete config['current-context'];
    config.contexts = [];
  });
  const second = kubeconfig(() => undefined);
  const third = kubeconfig((config) => {
    config.clusters[0]!.cluster.server = nowhere;
    config.users[0]!.user.token = 'wrong';
    config.contexts[0]!.context.namespace = 'default';
  });
  expect(await find({ KUBECONFIG: ['/nonexistent', first, second, third].join(':') })).toMatchObject({
    code: 2,
    cluster: { server: server(), context: 'test', namespace },
  });
});

test('a pod has the cluster of its service account, and its namespace', async () => {
  await cluster.kubeconfigOf(namespace, 'deployer', [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }]);
  const account = cluster.createFolder();
  writeFileSync(join(account, 'token'), await cluster.client.issueToken(namespace, 'deployer'));
  writeFileSync(join(account, 'ca.crt'), cluster.client.connection().ca!);
  writeFileSync(join(account, 'namespace'), namespace);
  const { hostname, port } = new URL(server());
  const mounts = `
    mount -t tmpfs tmpfs /run
    mkdir -p /run/secrets/kubernetes.io/serviceaccount
    mount --bind '${account}' /run/secrets/kubernetes.io/serviceaccount
    exec "$@"`;
  const pod = { KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port };

  expect(await find(pod, [], ['unshare', '--mount', 'sh', '-ec', mounts, 'sh'])).toMatchObject({
    code: 2,
    cluster: { server: server(), namespace },
  });
});

describe('a proxy', () => {
  let proxy: Server;
  let url: string;
  /** Whom it was asked to connect with. */
  const asked: string[] = [];
  beforeAll(async () => {
    proxy = createServer().on('connect', (request, socket) => {
      asked.push(request.url!);
      const [host, port] = request.url!.split(':');
      const onward = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
      onward.on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
    });
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
    url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  });
  afterEach(() => void asked.splice(0));
  afterAll(() => void proxy.close());

  test('is taken from HTTPS_PROXY, unless NO_PROXY has the API server', async () => {
    const environment = { KUBECONFIG: kubeconfig(() => undefined), HTTPS_PROXY: url };
    expect(await find(environment)).toMatchObject({ code: 2, cluster: { server: server() } });
    expect(new Set(asked)).toEqual(new Set([new URL(server()).host]));

    asked.splice(0);
    expect(await find({ ...environment, NO_PROXY: '127.0.0.1' })).toMatchObject({ code: 2 });
    expect(asked).toEqual([]);
  });

  test('is taken from proxy-url of the kubeconfig', async () => {
    const file = kubeconfig((config) => (config.clusters[0]!.cluster['proxy-url'] = url));
    expect(await find({ KUBECONFIG: file })).toMatchObject({ code: 2, cluster: { server: server() } });
    expect(new Set(asked)).toEqual(new Set([new URL(server()).host]));
  });
});

test.each<[string, Record<string, string> | (() => Record<string, string>), string]>([
  ['no kubeconfig', {}, 'There is no kubeconfig: name one with --kubeconfig or KUBECONFIG.'],
  ['a missing kubeconfig', { KUBECONFIG: '/nonexistent' }, 'the kubeconfig /nonexistent cannot be read'],
  [
    'no current context',
    () => ({ KUBECONFIG: kubeconfig((config) => delete config['current-context']) }),
    'the kubeconfig has no current context; there are: test',
  ],
  [
    'a command for the credentials that is not there',
    () => ({
      KUBECONFIG: kubeconfig((config) => {
        const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'no-such-login' };
        config.users[0]!.user = { exec };
      }),
    }),
    'no credentials for the context test',
  ],
  [
    'a token that is not accepted',
    () => ({ KUBECONFIG: kubeconfig((config) => (config.users[0]!.user.token = 'wrong')) }),
    'The API server does not accept your credentials (Unauthorized). Log in again.',
  ],
])('with %s it says so and what to do', async (_, env, message) => {
  const found = await find(typeof env === 'function' ? env() : env);
  expect(found).toMatchObject({ code: 1, message: expect.stringContaining(message) as string });
  expect(found.message).not.toMatch(/^\s+at /m);
});
