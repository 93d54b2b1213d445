import { cloudNativePgKeys, outside, serverIn, type ServerOptions, tlsModes } from '../../test/unit/servers';
import { objectOf, problemsOf, stageOf } from '../../test/unit/stage';
import { demandsOn } from '../database/connection-demand';
import { SonataFlowPlatform, type SonataFlowPlatformProps } from './sonataflow-platform';

function platformOn(server: ServerOptions, props: Partial<SonataFlowPlatformProps> = {}) {
  const stage = stageOf();
  const postgres = serverIn(stage, server);
  const platform = new SonataFlowPlatform(stage, 'platform', { postgres, ...props });
  const { spec } = objectOf(stage, 'SonataFlowPlatform');
  return {
    stage,
    postgres,
    platform,
    spec,
    dataIndex: spec.services.dataIndex,
    jobs: spec.services.jobService,
  };
}

const secret = { name: 'login', userKey: 'POSTGRES_USER', passwordKey: 'POSTGRES_PASSWORD' };

test('every property reaches the platform and its Job', () => {
  const stage = stageOf();
  const props: Required<SonataFlowPlatformProps> = {
    postgres: serverIn(stage),
    name: 'flows',
    databaseName: 'company-flows',
    databaseJobName: 'create-flows',
    monitoring: false,
  };
  const platform = new SonataFlowPlatform(stage, 'platform', props);
  const { metadata, spec } = objectOf(stage, 'SonataFlowPlatform');
  const job = objectOf(stage, 'Job');
  expect(metadata).toEqual({ name: 'flows', namespace: 'rhdh' });
  expect(spec.monitoring).toEqual({ enabled: false });
  expect(spec.services.dataIndex.persistence.postgresql.serviceRef).toEqual({
    name: 'db',
    namespace: 'data',
    databaseName: 'company-flows',
  });
  expect(job.metadata.name).toBe('create-flows');
  expect(job.spec.template.spec.containers[0].env).toContainEqual({
    name: 'DATABASE_NAME',
    value: 'company-flows',
  });
  expect([platform.name, platform.databaseName, platform.namespace, platform.postgres]).toEqual([
    'flows',
    'company-flows',
    'rhdh',
    props.postgres,
  ]);
  expect(platform.dataIndexUrl).toBe('http://flows-data-index-service.rhdh.svc.cluster.local');
  expect(problemsOf(stage)).toEqual([]);
});

test('it is the platform of the lab unless said otherwise', () => {
  const { stage, platform, spec } = platformOn({});
  const postgresql = {
    secretRef: secret,
    serviceRef: { name: 'db', namespace: 'data', databaseName: 'backstage_plugin_orchestrator' },
  };
  const url =
    'postgresql://db.data.svc.cluster.local:5432/backstage_plugin_orchestrator?search_path=sonataflow-platform-jobs-service';
  expect(spec).toEqual({
    monitoring: { enabled: true },
    services: {
      dataIndex: { enabled: true, persistence: { postgresql } },
      jobService: {
        enabled: true,
        persistence: { postgresql },
        podTemplate: { container: { env: [{ name: 'QUARKUS_DATASOURCE_REACTIVE_URL', value: url }] } },
      },
    },
  });
  expect(objectOf(stage, 'Job').metadata.name).toBe('create-sonataflow-database');
  expect(platform.dataIndexUrl).toBe('http://sonataflow-platform-data-index-service.rhdh.svc.cluster.local');
});

test('each service has a schema of its own where a jdbcUrl is needed', () => {
  const { dataIndex, jobs } = platformOn({ address: outside });
  const url = (service: string) =>
    `jdbc:postgresql://db.example.com:6432/backstage_plugin_orchestrator?currentSchema=sonataflow-platform-${service}`;
  expect(dataIndex.persistence.postgresql).toEqual({ secretRef: secret, jdbcUrl: url('data-index-service') });
  expect(jobs.persistence.postgresql).toEqual({ secretRef: secret, jdbcUrl: url('jobs-service') });
});

test("a verified server brings the file of the authority, beside the operator's own", () => {
  const { dataIndex, jobs } = platformOn({ tls: tlsModes['verify-full'] });
  const files = (service: string) => ({
    volumes: [
      { name: 'application-config', configMap: { name: `sonataflow-platform-${service}-props` } },
      { name: 'postgres-ca', configMap: { name: 'db-ca', items: [{ key: 'root.pem', path: 'root.pem' }] } },
    ],
    volumeMounts: [
      { name: 'application-config', mountPath: '/home/kogito/config' },
      { name: 'postgres-ca', mountPath: '/etc/postgres-ca', readOnly: true },
    ],
  });
  const { volumes, volumeMounts } = files('data-index-service');
  expect(dataIndex.podTemplate).toEqual({ volumes, container: { volumeMounts } });
  expect(jobs.podTemplate).toMatchObject({
    volumes: files('jobs-service').volumes,
    container: { volumeMounts: files('jobs-service').volumeMounts },
  });
  expect(jobs.podTemplate.container.env.map(({ name }: { name: string }) => name)).toEqual([
    'QUARKUS_DATASOURCE_REACTIVE_URL',
    'QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_SSL_MODE',
    'QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM',
    'QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM_CERTS',
    'QUARKUS_DATASOURCE_REACTIVE_HOSTNAME_VERIFICATION_ALGORITHM',
  ]);
});

test('an encrypted server that is not verified needs no file', () => {
  expect(platformOn({ tls: tlsModes.require }).dataIndex).not.toHaveProperty('podTemplate');
});

test('user and password of a Secret with keys of its own are named', () => {
  const { dataIndex, jobs } = platformOn({ keys: cloudNativePgKeys });
  const secretRef = { name: 'login', userKey: 'username', passwordKey: 'password' };
  expect([dataIndex, jobs].map(({ persistence }) => persistence.postgresql.secretRef)).toEqual([
    secretRef,
    secretRef,
  ]);
});

test('the pools of both services count', () => {
  expect(demandsOn(platformOn({}).postgres)).toEqual([
    { client: 'data index of sonataflow-platform', connections: 20 },
    { client: 'jobs service of sonataflow-platform, two datasources', connections: 40 },
  ]);
});
