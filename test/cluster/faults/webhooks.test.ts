import { setTimeout as sleep } from 'node:timers/promises';
import { Cluster } from '../cluster';
import { cli, Run } from './cli';
import { configMap } from './objects';
import { Scene } from './scene';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
});
afterAll(() => cluster.close());

/** A webhook that has to admit ConfigMaps of the scene's namespace, and whose Service is not there. */
async function demandWebhook({ namespace }: Scene): Promise<() => Promise<void>> {
  const configuration = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: `settings-${namespace}` },
    webhooks: [
      {
        name: 'settings.example.com',
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        clientConfig: { service: { name: 'settings-webhook', namespace, path: '/' } },
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
        objectSelector: { matchLabels: { app: 'hub' } },
        rules: [
          {
            apiGroups: [''],
            apiVersions: ['v1'],
            operations: ['CREATE', 'UPDATE'],
            resources: ['configmaps'],
          },
        ],
      },
    ],
  };
  await cluster.client.apply(configuration);
  const { apiVersion, kind, metadata } = configuration;
  return () => cluster.client.delete({ apiVersion, kind, name: metadata.name });
}

const settings = () => {
  const object = configMap('settings', { key: 'value' });
  return { ...object, metadata: { ...object.metadata, labels: { app: 'hub' } } };
};

test('an object that a webhook has to admit is written when the webhook is up', async () => {
  const scene = await Scene.open(cluster, { operators: false });
  scene.write('0000-settings.yaml', settings());
  const comeUp = await demandWebhook(scene);
  await cluster.until('the webhook is asked', async () =>
    (await cli(scene.kubeconfig, 'plan', scene.folder)).output.includes('failed calling webhook'),
  );

  const run = new Run(scene.kubeconfig, ['apply', scene.folder, '--yes']);
  await cluster.until('the apply waits', () =>
    Promise.resolve(run.output.includes('ConfigMap/settings waits for a webhook')),
  );
  await sleep(1_000);
  await comeUp();

  const { code, output } = await run.ended;
  expect(`${code} ${output}`).toMatch(/^0 /);
  expect(await scene.read('v1', 'ConfigMap', 'settings')).toBeDefined();
});

test('a webhook that does not come up ends the apply when the time is over', async () => {
  const scene = await Scene.open(cluster, { operators: false });
  scene.write('0000-settings.yaml', settings());
  const comeUp = await demandWebhook(scene);
  await cluster.until('the webhook is asked', async () =>
    (await cli(scene.kubeconfig, 'plan', scene.folder)).output.includes('failed calling webhook'),
  );

  const ended = await cli(scene.kubeconfig, 'apply', scene.folder, '--yes', '--timeout', '3s');

  expect(ended.code).toBe(1);
  expect(ended.output).toContain('service "settings-webhook" not found');
  await comeUp();
});
