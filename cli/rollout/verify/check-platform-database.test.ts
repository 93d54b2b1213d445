import { parse } from 'yaml';
import type { KubeObject } from '../kubernetes/object';
import { ObjectSet } from '../gates/object-set';
import { checkPlatformDatabase } from './check-platform-database';

const platform = parse(`
apiVersion: sonataflow.org/v1alpha08
kind: SonataFlowPlatform
metadata: { name: flows, namespace: rhdh }
spec:
  services:
    dataIndex: &service
      persistence: { postgresql: { serviceRef: { name: db, databaseName: orders } } }
    jobService: *service
`) as KubeObject;

interface Urls {
  readonly jdbc: string;
  readonly reactive?: string;
}

const deployment = (name: string, { jdbc, reactive }: Urls): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'rhdh' },
  spec: {
    selector: { matchLabels: { app: name } },
    template: {
      spec: {
        containers: [
          {
            name: 'main',
            env: [
              { name: 'QUARKUS_DATASOURCE_JDBC_URL', value: jdbc },
              ...(reactive === undefined
                ? []
                : [{ name: 'QUARKUS_DATASOURCE_REACTIVE_URL', value: reactive }]),
            ],
          },
        ],
      },
    },
  },
});

const pod = (app: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: `${app}-1`, namespace: 'rhdh', labels: { app } },
  spec: { containers: [{ name: 'main' }] },
  status: { phase: 'Running' },
});

const pods = [pod('flows-data-index-service'), pod('flows-jobs-service')];

const properties = (url: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'flows-jobs-service-props', namespace: 'rhdh' },
  data: { 'application.properties': `quarkus.log.level=INFO\nquarkus.datasource.reactive.url = ${url}\n` },
});

const good = 'jdbc:postgresql://db.rhdh:5432/orders?currentSchema=x';
const check = (jobs: Urls, ...more: KubeObject[]) =>
  checkPlatformDatabase(
    platform,
    new ObjectSet([
      deployment('flows-data-index-service', { jdbc: good }),
      deployment('flows-jobs-service', jobs),
      ...pods,
      ...more,
    ]),
  );

test('both services on the database of the platform pass, whatever their schemas', () => {
  expect(
    check({ jdbc: good, reactive: 'postgresql://db.rhdh.svc.cluster.local/orders?search_path=y' }),
  ).toEqual({
    check: 'orchestrator-database',
    subject: 'SonataFlowPlatform/flows',
    outcome: 'passed',
    message: 'data index and jobs service on db.rhdh:5432/orders',
    problems: [],
  });
});

test('a service on another database is named', () => {
  expect(check({ jdbc: 'jdbc:postgresql://backstage-psql-hub.rhdh:5432/orders' }).problems).toEqual([
    'Deployment/flows-jobs-service, QUARKUS_DATASOURCE_JDBC_URL leads to backstage-psql-hub.rhdh:5432/orders, not to db.rhdh:5432/orders',
  ]);
});

test('the reactive connection that was left behind is found in the properties', () => {
  expect(check({ jdbc: good }, properties('postgresql://old.rhdh:5432/orders')).problems).toEqual([
    'ConfigMap/flows-jobs-service-props, quarkus.datasource.reactive.url leads to old.rhdh:5432/orders, not to db.rhdh:5432/orders',
  ]);
});

test('a variable wins over the property', () => {
  const jobs = { jdbc: good, reactive: 'postgresql://db.rhdh/orders' };
  expect(check(jobs, properties('postgresql://old.rhdh:5432/orders')).outcome).toBe('passed');
});

test('a pod that still has the old URL is named', () => {
  const { spec } = deployment('x', { jdbc: 'jdbc:postgresql://old/orders' });
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'jobs-1', namespace: 'rhdh', labels: { app: 'flows-jobs-service' } },
    spec: spec.template.spec,
    status: { phase: 'Running' },
  };
  expect(check({ jdbc: good }, pod).problems).toEqual([
    'Pod/jobs-1, QUARKUS_DATASOURCE_JDBC_URL leads to old.rhdh:5432/orders, not to db.rhdh:5432/orders',
  ]);
});

test('services that are missing, or that say nothing of a database, fail', () => {
  const { spec, ...others } = deployment('flows-jobs-service', { jdbc: good });
  const none = new ObjectSet([{ ...others, spec: { selector: spec.selector } }, ...pods]);
  expect(checkPlatformDatabase(platform, none).problems).toEqual([
    'there is no Deployment/flows-data-index-service',
    'Deployment/flows-jobs-service has no variable QUARKUS_DATASOURCE_JDBC_URL',
  ]);
});

test('without persistence in the resource, the services must still agree', () => {
  const bare = { ...platform, spec: { services: { dataIndex: {}, jobService: {} } } };
  const objects = new ObjectSet([
    deployment('flows-data-index-service', { jdbc: good }),
    deployment('flows-jobs-service', { jdbc: 'jdbc:postgresql://old/orders' }),
    ...pods,
  ]);
  expect(checkPlatformDatabase(bare, objects).problems).toEqual([
    'its services have different databases: Deployment/flows-data-index-service, QUARKUS_DATASOURCE_JDBC_URL leads to db.rhdh:5432/orders; ' +
      'Deployment/flows-jobs-service, QUARKUS_DATASOURCE_JDBC_URL leads to old.rhdh:5432/orders',
  ]);
});

test('a service of which no pod runs is on no database, though its Deployment is', () => {
  const objects = [
    deployment('flows-data-index-service', { jdbc: good }),
    deployment('flows-jobs-service', { jdbc: good }),
    pod('flows-data-index-service'),
  ];
  expect(checkPlatformDatabase(platform, new ObjectSet(objects)).problems).toEqual([
    'no pod of Deployment/flows-jobs-service runs',
  ]);
});
