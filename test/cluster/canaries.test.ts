import { stringify } from 'yaml';
import { Cluster } from './cluster';
import { cli } from './faults/cli';
import { Scene } from './faults/scene';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
});
afterAll(() => cluster.close());

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Objects with a secret wherever people put one, each with the word in it. */
function objectsWith(word: string): object[] {
  const metadata = (name: string) => ({
    name,
    annotations: { about: `connect to postgres://hub:${word}@old-db/hub` },
  });
  return [
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'login', annotations: { backup: word } },
      data: { POSTGRES_PASSWORD: base64(word) },
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: metadata('app-config'),
      data: {
        'app-config.yaml': `backend:\n  database:\n    connection:\n      user: hub\n      password: ${word}\n`,
        'settings.json': JSON.stringify({ clientSecret: word, url: `postgresql://hub:${word}@db/hub` }),
        'settings.env': `API_KEY=${word}\nLEVEL=info\n`,
        GITHUB_TOKEN: word,
      },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: metadata('client'),
      spec: {
        replicas: 0,
        selector: { matchLabels: { app: 'client' } },
        template: {
          metadata: { labels: { app: 'client' } },
          spec: {
            containers: [
              {
                name: 'client',
                image: 'registry.example.com/client:1',
                args: [`--db-password=${word}`, `postgres://hub:${word}@db/hub`],
                env: [
                  { name: 'DB_PASSWORD', value: word },
                  { name: 'DATABASE_URL', value: `postgres://hub:${word}@db/hub` },
                  { name: 'HEADER', value: `Authorization: Bearer ${word}` },
                ],
              },
            ],
          },
        },
      },
    },
  ];
}

const bundle = (objects: readonly object[]) => objects.map((object) => stringify(object)).join('---\n');

test('no output of any command shows a secret of the bundles or of the cluster', async () => {
  const scene = await Scene.open(cluster, { operators: false });
  scene.write('0000-clients.yaml', bundle(objectsWith('canary-before')));
  const outputs: string[] = [];
  const run = async (...args: string[]) => {
    for (const more of [[], ['--output', 'json'], ['--debug']]) {
      const { output } = await cli(scene.kubeconfig, ...args, ...more);
      outputs.push(`${args.join(' ')} ${more.join(' ')}\n${output}`);
    }
  };
  await run('plan', scene.folder);
  await run('apply', scene.folder, '--yes');
  scene.write('0000-clients.yaml', bundle(objectsWith('canary-after')));
  await run('plan', scene.folder);
  await run('apply', scene.folder, '--yes', '--dry-run');
  await run('status', scene.folder);
  await run('verify', scene.folder);
  await run('apply', scene.folder, '--yes');
  await run('migrate', scene.folder, '--yes');
  await run('rollback', scene.folder, '--yes');
  // The API server quotes what it refuses.
  const refused = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'login' },
    type: 'kubernetes.io/tls',
  };
  scene.write(
    '0000-clients.yaml',
    bundle([
      { ...refused, stringData: { 'tls.crt': 'canary-refused', 'not a key canary-key': 'canary-refused' } },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'x' },
        spec: { clusterIP: 'canary-address', ports: [{ port: 1 }] },
      },
    ]),
  );
  await run('plan', scene.folder);
  await run('apply', scene.folder, '--yes');
  await run('destroy', scene.folder, '--yes');

  expect(outputs.join('\n')).toContain('*** (');
  expect(outputs.filter((output) => /canary-(before|after|refused)/.test(output))).toEqual([]);
  for (const word of ['canary-before', 'canary-after', 'canary-refused']) {
    expect(outputs.filter((output) => output.includes(base64(word)))).toEqual([]);
  }
});
