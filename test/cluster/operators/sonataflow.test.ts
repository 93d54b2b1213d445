import { setTimeout as sleep } from 'node:timers/promises';
import { Cluster } from '../cluster';
import type { KubernetesObject } from '../client';
import type { Operator } from './controller';
import { playSonataFlowOperator } from './sonataflow';

let cluster: Cluster;
let operator: Operator;
let namespace: string;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
  namespace = await cluster.createNamespace('sonataflow');
  operator = await playSonataFlowOperator(cluster.client, { namespace });
});
afterAll(async () => {
  await operator.stop();
  await cluster.close();
});

const apiVersion = 'sonataflow.org/v1alpha08';
const read = (kind: string, name: string, version = apiVersion) =>
  cluster.client.read({ apiVersion: version, kind, name, namespace });
const condition = (object: KubernetesObject | undefined, type: string) =>
  (object?.status?.conditions ?? []).find((candidate: { type: string }) => candidate.type === type);
const secretRef = { name: 'psql', userKey: 'POSTGRES_USER', passwordKey: 'POSTGRES_PASSWORD' };

test('a workflow brings an empty platform, which gets its services on the database that it is given', async () => {
  await cluster.client.apply({
    apiVersion,
    kind: 'SonataFlow',
    metadata: { name: 'greeting', namespace, annotations: { 'sonataflow.org/profile': 'gitops' } },
    spec: {
      flow: {
        start: 'Greet',
        states: [{ name: 'Greet', type: 'inject', data: { greeting: 'hello' }, end: true }],
      },
    },
  });
  await cluster.until('the platform is there', async () => {
    return condition(await read('SonataFlowPlatform', 'sonataflow-platform'), 'Succeed')?.status === 'True';
  });

  const jdbcUrl = 'jdbc:postgresql://db.example.com:5432/orchestrator?sslmode=verify-full&currentSchema=jobs';
  const services = {
    dataIndex: {
      enabled: true,
      persistence: { postgresql: { secretRef, serviceRef: { name: 'psql', databaseName: 'orchestrator' } } },
    },
    jobService: { enabled: true, persistence: { postgresql: { secretRef, jdbcUrl } } },
  };
  // It may work at the empty one still, and put it back.
  await cluster.until('the services stay', async () => {
    const metadata = { name: 'sonataflow-platform', namespace };
    await cluster.client.apply({ apiVersion, kind: 'SonataFlowPlatform', metadata, spec: { services } });
    await sleep(2_000);
    return Boolean((await read('SonataFlowPlatform', 'sonataflow-platform'))!.spec.services);
  });

  const available = async (name: string) =>
    condition(await read('Deployment', name, 'apps/v1'), 'Available')?.status === 'True';
  await cluster.until('both services are available', async () =>
    (
      await Promise.all(
        ['sonataflow-platform-data-index-service', 'sonataflow-platform-jobs-service'].map(available),
      )
    ).every(Boolean),
  );
  const platform = await read('SonataFlowPlatform', 'sonataflow-platform');
  expect(condition(platform, 'Succeed')).toMatchObject({ status: 'True' });
  // It has written its defaults into the spec.
  expect(platform!.spec).toMatchObject({
    build: { config: { strategy: 'platform' } },
    devMode: {},
    services: {
      dataIndex: {
        persistence: { migrateDBOnStartUp: false },
        podTemplate: { container: { resources: {} } },
      },
    },
  });

  const url = async (name: string) => {
    const deployment = await read('Deployment', name, 'apps/v1');
    const env: { name: string; value: string }[] = deployment!.spec.template.spec.containers[0].env;
    return env.find((variable) => variable.name === 'QUARKUS_DATASOURCE_JDBC_URL')!.value;
  };
  expect(await url('sonataflow-platform-data-index-service')).toBe(
    `jdbc:postgresql://psql.${namespace}:5432/orchestrator?currentSchema=sonataflow-platform-data-index-service`,
  );
  expect(await url('sonataflow-platform-jobs-service')).toBe(jdbcUrl);
  expect(
    (await read('ConfigMap', 'sonataflow-platform-jobs-service-props', 'v1'))!.data['application.properties'],
  ).toBe(
    'quarkus.datasource.reactive.url = postgresql://db.example.com:5432/orchestrator?search_path=jobs\n',
  );
  await cluster.until('the workflow runs', async () => {
    return condition(await read('SonataFlow', 'greeting'), 'Running')?.status === 'True';
  });
});

test('a write while it works at a platform is put back, whatever event it answers to', async () => {
  const reference = { apiVersion, kind: 'SonataFlowPlatform', name: 'sonataflow-platform', namespace };
  const persistence = { postgresql: { secretRef, jdbcUrl: 'jdbc:postgresql://new.example.com/x' } };
  const change = { spec: { services: { jobService: { persistence } } } };
  const present = async () =>
    (await read('SonataFlowPlatform', 'sonataflow-platform'))!.spec.services.jobService.persistence.postgresql
      .jdbcUrl as string;
  const former = await present();

  await cluster.until('a write is put back', async () => {
    await cluster.client.merge(reference, { metadata: { annotations: { again: `${Date.now()}` } } });
    await sleep(30);
    await cluster.client.merge(reference, change);
    await sleep(1_000);
    const reverted = (await present()) === former;
    await cluster.client.merge(reference, {
      spec: { services: { jobService: { persistence: { postgresql: { jdbcUrl: former } } } } },
    });
    await sleep(1_000);
    return reverted;
  });
});

test('a second platform is a duplicate until the first is gone', async () => {
  const second = () => read('SonataFlowPlatform', 'second');
  await cluster.client.apply({
    apiVersion,
    kind: 'SonataFlowPlatform',
    metadata: { name: 'second', namespace },
    spec: {},
  });
  await cluster.until('it is a duplicate', async () => {
    return condition(await second(), 'Succeed')?.reason === 'Duplicated';
  });

  await cluster.client.delete({
    apiVersion,
    kind: 'SonataFlowPlatform',
    name: 'sonataflow-platform',
    namespace,
  });

  await cluster.until('it is the platform', async () => {
    return condition(await second(), 'Succeed')?.status === 'True';
  });
});
