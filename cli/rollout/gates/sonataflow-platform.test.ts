import { parse } from 'yaml';
import type { KubeObject } from '../kubernetes/object';
import { ready, stuck, waiting } from './gate';
import { ObjectSet } from './object-set';
import { sonataFlowPlatformGate } from './sonataflow-platform';

const succeed = '{ observedGeneration: 2, conditions: [{ type: Succeed, status: "True" }] }';
const postgresql = '{ serviceRef: { name: db, databaseName: orders } }';

const platform = (status: string, services = '{ dataIndex: {}, jobService: {} }') =>
  parse(`
apiVersion: sonataflow.org/v1alpha08
kind: SonataFlowPlatform
metadata: { name: flows, namespace: rhdh, generation: 2 }
spec: { services: ${services}, persistence: { postgresql: ${postgresql} } }
status: ${status}
`) as KubeObject;

const deployment = (suffix: string, available: number, url?: string) =>
  parse(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: flows-${suffix}, namespace: rhdh, generation: 1 }
spec:
  replicas: 1
  template:
    spec:
      containers:
        - name: main
          env: [{ name: QUARKUS_DATASOURCE_JDBC_URL, value: "${url ?? `jdbc:postgresql://db.rhdh:5432/orders?currentSchema=flows-${suffix}`}" }]
status: { observedGeneration: 1, updatedReplicas: 1, replicas: 1, availableReplicas: ${available} }
`) as KubeObject;

const judge = (object: KubeObject, ...others: KubeObject[]) =>
  sonataFlowPlatformGate(object, new ObjectSet(others));

test.each([
  ['{}', waiting('the operator has not looked at it yet: is the SonataFlow operator running?')],
  ['{ conditions: [{ type: Succeed, status: "False", reason: Creating }] }', waiting('Creating')],
  ['{ conditions: [{ type: Succeed, status: "False" }] }', waiting('not ready')],
  [
    '{ conditions: [{ type: Succeed, status: "False", reason: Duplicated }] }',
    stuck(
      'another SonataFlowPlatform of the namespace is active, and there can be one: delete that, or use its name',
    ),
  ],
  [
    '{ observedGeneration: 1, conditions: [{ type: Succeed, status: "True" }] }',
    waiting('the operator has not looked at the latest change yet'),
  ],
])('a platform with status %s', (status, result) => {
  expect(judge(platform(status))).toEqual(result);
});

test('Succeed alone is not enough: both Deployments must be there and available', () => {
  expect(judge(platform(succeed))).toEqual(
    waiting('data index: the operator has not made its Deployment yet'),
  );
  const dataIndex = deployment('data-index-service', 1);
  expect(judge(platform(succeed), dataIndex, deployment('jobs-service', 0))).toEqual(
    waiting('jobs service: 0 of 1 pods are available'),
  );
  expect(judge(platform(succeed), dataIndex, deployment('jobs-service', 1))).toEqual(
    ready('its services are available'),
  );
});

test('a Deployment on the former database is not ready, though it is available', () => {
  const jobs = deployment('jobs-service', 1, 'jdbc:postgresql://old.rhdh:5432/orders');
  expect(judge(platform(succeed), deployment('data-index-service', 1), jobs)).toEqual(
    waiting('jobs service: the operator has not rolled out its database yet'),
  );
});

test('a service that is switched off or not named is not waited for', () => {
  const services = '{ dataIndex: { enabled: false } }';
  expect(judge(platform(succeed, services))).toEqual(ready('its services are available'));
});

test('a service at 0 pods is not ready, unless its bundle asks for 0', () => {
  const stopped = (suffix: string) => {
    const { spec, ...others } = deployment(suffix, 0);
    return { ...others, spec: { ...spec, replicas: 0 }, status: { observedGeneration: 1 } } as KubeObject;
  };
  const services = '{ jobService: { podTemplate: { replicas: 0 } } }';
  const live = platform(succeed, services);
  const objects = new ObjectSet([stopped('jobs-service')]);

  expect(sonataFlowPlatformGate(live, objects, platform('{}', '{ jobService: {} }'))).toEqual(
    waiting('jobs service: it is scaled to 0 pods, which its bundle does not ask for'),
  );
  expect(sonataFlowPlatformGate(live, objects, live)).toEqual(ready('its services are available'));
});
