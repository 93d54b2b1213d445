import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { Client } from '../client';
import { Cluster, type Rule } from '../cluster';
import { cli, Run } from './cli';
import { configMap, deployment } from './objects';
import { Scene } from './scene';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
});
afterAll(() => cluster.close());

const everything: Rule[] = [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }];

/** A kubeconfig whose token comes from a command, here one that prints a file, as cloud providers have it. */
function withCommand(scene: Scene, credential: string): string {
  const { server, ca } = scene.cluster.client.connection();
  const file = join(scene.cluster.createFolder(), 'kubeconfig');
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: 'cat',
    args: [credential],
    interactiveMode: 'Never',
  };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'test',
        cluster: { server, 'certificate-authority-data': Buffer.from(ca!).toString('base64') },
      },
    ],
    users: [{ name: 'deployer', user: { exec } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'deployer', namespace: scene.namespace } }],
    'current-context': 'test',
  };
  writeFileSync(file, stringify(config), { mode: 0o600 });
  return file;
}

test('a token that becomes invalid in the middle is asked for again', async () => {
  const scene = await Scene.open(cluster, { operators: false });
  const { client } = cluster;
  const { namespace } = scene;
  const credential = join(cluster.createFolder(), 'credential.json');
  const issue = async () => {
    await cluster.kubeconfigOf(namespace, 'deployer', everything);
    const token = await client.issueToken(namespace, 'deployer');
    const status = { token, expirationTimestamp: '2099-01-01T00:00:00Z' };
    const content = { apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status };
    writeFileSync(credential, JSON.stringify(content), { mode: 0o600 });
    return token;
  };
  const former = await issue();
  scene.write('0000-hub.yaml', deployment('hub', 'never-ready'));
  scene.write('0100-after.yaml', configMap('after', { key: 'value' }));
  const apply = new Run(withCommand(scene, credential), ['apply', scene.folder, '--yes']);
  await cluster.until('the Deployment was applied', async () =>
    Boolean(await scene.read('apps/v1', 'Deployment', 'hub')),
  );

  await client.delete({ apiVersion: 'v1', kind: 'ServiceAccount', name: 'deployer', namespace });
  await issue();
  const withFormer = await Client.connect(cluster.kubeconfigFor({ token: former }));
  await cluster.until('the former token is refused', async () => {
    const answer = await withFormer.list('v1', 'ConfigMap', namespace).catch((error: Error) => error.message);
    return String(answer).includes('401');
  });
  const [pod] = await client.list('v1', 'Pod', namespace);
  const mended = { metadata: { annotations: { 'cdk8s-rhdh.test/pod': null } } };
  await client.merge({ apiVersion: 'v1', kind: 'Pod', name: pod.metadata.name, namespace }, mended);

  expect(await apply.ended).toMatchObject({ code: 0 });
  expect((await scene.read('v1', 'ConfigMap', 'after'))!.data).toEqual({ key: 'value' });
});

test('every forbidden verb is reported before anything is written', async () => {
  const scene = await Scene.open(cluster, { operators: false });
  scene.write('0000-settings.yaml', configMap('settings', { key: 'value' }));
  scene.write('0100-hub.yaml', deployment('hub'));
  const kubeconfig = await cluster.kubeconfigOf(scene.namespace, 'reader', [
    { apiGroups: ['', 'apps'], resources: ['configmaps', 'deployments'], verbs: ['get', 'list', 'watch'] },
  ]);

  const ended = await cli(kubeconfig, 'apply', scene.folder, '--yes');

  expect(ended.code).toBe(1);
  expect(ended.output).toContain('configmaps');
  expect(ended.output).toContain('deployments');
  expect(await scene.read('v1', 'ConfigMap', 'settings')).toBeUndefined();
});
