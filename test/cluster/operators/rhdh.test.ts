import { Cluster } from '../cluster';
import type { Operator } from './controller';
import { playRhdhOperator } from './rhdh';
import type { OperatorRelease } from './releases';

let cluster: Cluster;
const operators: Operator[] = [];
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
});
afterEach(async () => {
  await Promise.all(operators.splice(0).map((operator) => operator.stop()));
});
afterAll(() => cluster.close());

const name = 'developer-hub';

async function start(release: OperatorRelease) {
  const namespace = await cluster.createNamespace('rhdh');
  operators.push(await playRhdhOperator(cluster.client, { namespace, release }));
  const apply = (kind: string, objectName: string, content: object, apiVersion = 'v1') =>
    cluster.client.apply({ apiVersion, kind, metadata: { name: objectName, namespace }, ...content });
  const read = (kind: string, objectName: string, apiVersion = 'v1') =>
    cluster.client.read({ apiVersion, kind, name: objectName, namespace });
  const backstage = (spec: object) => apply('Backstage', name, { spec }, 'rhdh.redhat.com/v1alpha4');
  const deployed = async () => {
    const hub = await read('Backstage', name, 'rhdh.redhat.com/v1alpha4');
    return hub?.status?.conditions?.[0] as { status: string; reason: string; message: string } | undefined;
  };
  const until = (status: string, reason: string) =>
    cluster.until(`Deployed is ${status} because of ${reason}`, async () => {
      const condition = await deployed();
      return condition?.status === status && condition.reason === reason;
    });
  const deployment = () => read('Deployment', `backstage-${name}`, 'apps/v1');
  return { namespace, apply, read, backstage, deployed, until, deployment };
}

test('a missing Secret is refused by name, and found when the next attempt comes', async () => {
  const { apply, backstage, deployed, until } = await start('1.8');
  await backstage({
    application: { extraEnvs: { secrets: [{ name: 'psql' }] } },
    database: { enableLocalDb: false },
  });

  await until('False', 'DeployFailed');
  expect((await deployed())!.message).toBe(
    'failed to preprocess backstage spec failed to get external config from psql: secrets "psql" not found',
  );

  await apply('Secret', 'psql', { stringData: { POSTGRES_HOST: 'psql' } });
  await until('True', 'Deployed');
});

test('the pod template carries the hash of what the resource refers to, and rolls when that changes', async () => {
  const { apply, backstage, until, deployment } = await start('1.10');
  const hash = async () =>
    (await deployment())!.spec.template.metadata.annotations['rhdh.redhat.com/ext-config-hash'] as string;
  await apply('ConfigMap', 'plugins', { data: { 'dynamic-plugins.yaml': 'plugins: []' } });
  await backstage({
    application: { dynamicPluginsConfigMapName: 'plugins' },
    database: { enableLocalDb: false },
  });
  await until('True', 'Deployed');
  // sha256 of "dynamic-plugins.yaml" followed by "plugins: []"
  expect(await hash()).toBe('164914c56b79403e82cc9ed87cbf62d51366bb011ede4724ad52aeed7cf4a36f');

  await apply('ConfigMap', 'plugins', { data: { 'dynamic-plugins.yaml': 'plugins: [{ package: x }]' } });

  await cluster.until(
    'the hash has changed',
    async () => (await hash()) !== '164914c56b79403e82cc9ed87cbf62d51366bb011ede4724ad52aeed7cf4a36f',
  );
  expect(await hash()).toBe('f60fe360c3031eae05e051b955a4007c29bb163de4930f48902093f25875515d');
  expect((await deployment())!.metadata.generation).toBe(2);
});

test('the environment reaches the containers that are named, and the patch is merged', async () => {
  const { apply, backstage, until, deployment } = await start('1.8');
  await apply('Secret', 'psql', { stringData: { POSTGRES_HOST: 'psql' } });
  await backstage({
    application: {
      extraEnvs: {
        envs: [{ name: 'LOG_LEVEL', value: 'info', containers: ['*'] }],
        secrets: [{ name: 'psql' }],
      },
    },
    database: { enableLocalDb: false },
    deployment: {
      patch: {
        spec: {
          replicas: 2,
          template: { spec: { containers: [{ name: 'sidecar', image: 'example.com/sidecar' }] } },
        },
      },
    },
  });
  await until('True', 'Deployed');

  const { replicas, template } = (await deployment())!.spec;
  const [hub, sidecar] = template.spec.containers;
  expect(replicas).toBe(2);
  expect(hub.name).toBe('backstage-backend');
  expect(hub.env).toEqual([
    { name: 'APP_CONFIG_backend_listen_port', value: '7007' },
    { name: 'LOG_LEVEL', value: 'info' },
  ]);
  expect(hub.envFrom).toEqual([{ secretRef: { name: 'psql' } }]);
  expect(sidecar.env).toEqual([{ name: 'LOG_LEVEL', value: 'info' }]);
  expect(sidecar.envFrom).toBeUndefined();
});

test.each(['1.8', '1.10'] as const)(
  'Release %s switches to an external database and treats the local one as it does',
  async (release) => {
    const { apply, backstage, until, read, deployment } = await start(release);
    await apply('Secret', 'psql', { stringData: { POSTGRES_HOST: 'psql' } });
    await backstage({ database: { enableLocalDb: true } });
    await until('True', 'Deployed');
    const local = async () => [
      Boolean(await read('StatefulSet', `backstage-psql-${name}`, 'apps/v1')),
      Boolean(await read('Service', `backstage-psql-${name}`)),
      Boolean(await read('Secret', `backstage-psql-secret-${name}`)),
    ];
    const claim = () => read('PersistentVolumeClaim', `data-backstage-psql-${name}-0`);
    expect(await local()).toEqual([true, true, true]);
    await cluster.until('the local volume is bound', async () => (await claim())?.status?.phase === 'Bound');

    await backstage({
      application: { extraEnvs: { secrets: [{ name: 'psql' }] } },
      database: { enableLocalDb: false },
    });

    await cluster.until('the Deployment refers to the external database', async () => {
      const [hub] = (await deployment())!.spec.template.spec.containers;
      return JSON.stringify(hub.envFrom) === '[{"secretRef":{"name":"psql"}}]';
    });
    const kept = release === '1.10';
    await cluster.until('the local database was treated', async () =>
      (await local()).every((is) => is === kept),
    );
    expect((await claim())!.status.phase).toBe('Bound');
  },
);

test('the status is the former one until the operator has looked at a change', async () => {
  const { namespace, apply, backstage, deployed, until, deployment } = await start('1.8');
  // Without pods nothing but the operator changes the status.
  const spec = { database: { enableLocalDb: false }, deployment: { patch: { spec: { replicas: 0 } } } };
  await backstage(spec);
  await until('True', 'Deployed');
  await apply('Secret', 'psql', { stringData: { POSTGRES_HOST: 'psql' } });
  await operators.pop()!.stop();

  const changed = await backstage({ ...spec, application: { extraEnvs: { secrets: [{ name: 'psql' }] } } });

  expect(changed.metadata.generation).toBe(2);
  expect(await deployed()).toMatchObject({ status: 'True', reason: 'Deployed' });
  expect(await deployed()).not.toHaveProperty('observedGeneration');
  expect((await deployment())!.spec.template.spec.containers[0].envFrom).toBeUndefined();

  operators.push(await playRhdhOperator(cluster.client, { namespace, release: '1.8' }));
  await cluster.until('the operator looked', async () =>
    Boolean((await deployment())!.spec.template.spec.containers[0].envFrom),
  );
});

test('its own SonataFlowPlatform points at the local database, unless the plugin says it depends on nothing', async () => {
  const { apply, backstage, until, read } = await start('1.8');
  const plugin = '@redhat/backstage-plugin-orchestrator-backend-dynamic@1.8.2';
  const plugins = (dependencies: string) =>
    apply('ConfigMap', 'plugins', {
      data: { 'dynamic-plugins.yaml': `plugins: [{ package: '${plugin}'${dependencies} }]` },
    });
  const platform = () => read('SonataFlowPlatform', 'sonataflow-platform', 'sonataflow.org/v1alpha08');
  await plugins(', dependencies: [{}]');
  await backstage({ application: { dynamicPluginsConfigMapName: 'plugins' } });
  await until('True', 'Deployed');
  expect(await platform()).toBeUndefined();

  await plugins('');

  await cluster.until('the operator made a platform', async () => Boolean(await platform()));
  expect((await platform())!.spec.services.dataIndex.persistence.postgresql.serviceRef.name).toBe(
    `backstage-psql-${name}`,
  );
});
