import { configurationHash } from 'cdk8s-rhdh/operators';
import { parse } from 'yaml';
import type { KubeObject } from '../kubernetes/object';
import { backstageGate } from './backstage';
import { configHash } from './backstage-configuration';
import { failed, ready, stuck, unheard, waiting } from './gate';
import { ObjectSet } from './object-set';

const deployed = '{ type: Deployed, status: "True", reason: Deployed }';

const hub = (condition: string | undefined, deployment = '{}') =>
  parse(`
apiVersion: rhdh.redhat.com/v1alpha5
kind: Backstage
metadata: { name: hub, namespace: rhdh, generation: 2 }
spec:
  application:
    dynamicPluginsConfigMapName: plugins
    extraEnvs:
      envs: [{ name: LOG_LEVEL, value: info }]
      secrets: [{ name: login }, { name: other, key: TOKEN }]
  database: { enableLocalDb: false }
  deployment: ${deployment}
status: { conditions: [${condition ?? ''}] }
`) as KubeObject;

const login = parse(`
apiVersion: v1
kind: Secret
metadata: { name: login, namespace: rhdh }
data: { POSTGRES_HOST: ZGI= }
`) as KubeObject;
const other = { ...login, metadata: { name: 'other', namespace: 'rhdh' } };

const plugins = (list: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'plugins', namespace: 'rhdh' },
  data: { 'dynamic-plugins.yaml': list },
});

const env = `
env:
  - { name: LOG_LEVEL, value: info }
  - { name: TOKEN, valueFrom: { secretKeyRef: { name: other, key: TOKEN } } }
envFrom: [{ secretRef: { name: login } }]
`;

interface Workload {
  readonly kind?: string;
  readonly container?: string;
  readonly hash?: string;
  readonly available?: number;
}

const workload = ({ kind = 'Deployment', container = env, hash = '', available = 1 }: Workload = {}) =>
  ({
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: 'backstage-hub', namespace: 'rhdh', generation: 1 },
    spec: {
      replicas: 1,
      template: {
        metadata: { annotations: hash === '' ? {} : { [configurationHash]: hash } },
        spec: { containers: [{ name: 'backstage-backend', ...parse(container) }] },
      },
    },
    status: {
      observedGeneration: 1,
      updatedReplicas: 1,
      replicas: 1,
      availableReplicas: available,
      readyReplicas: available,
    },
  }) as KubeObject;

const judge = (backstage: KubeObject, ...others: KubeObject[]) =>
  backstageGate(backstage, new ObjectSet([login, other, plugins('early'), ...others]));

test('a hub that no operator has seen waits, and one that the operator refuses is stuck', () => {
  expect(judge(hub(undefined))).toEqual(
    waiting('the operator has not looked at it yet: is the RHDH operator running?'),
  );
  expect(judge(hub('{ type: Deployed, status: "False", reason: DeployFailed, message: no Secret }'))).toEqual(
    { ...stuck('the operator refuses it: no Secret'), unheard: true },
  );
});

test('Deployed without a workload, or with one that does not refer to what was applied, is stale', () => {
  expect(judge(hub(deployed))).toEqual(waiting('the operator has not made backstage-hub yet'));
  expect(judge(hub(deployed), workload({ container: '{}' }))).toEqual(
    waiting('the operator has not rolled out the variable LOG_LEVEL, Secret/login, Secret/other yet'),
  );
});

test('a template that still refers to the local database is stale', () => {
  const container = env.replace(
    'name: login }',
    'name: login } }, { secretRef: { name: backstage-psql-secret-hub }',
  );
  expect(judge(hub(deployed), workload({ container }))).toEqual(
    waiting('the operator has not rolled out the removal of Secret/backstage-psql-secret-hub yet'),
  );
});

test('after the plugins change, the hash on the template must change first', () => {
  const hash = configHash(hub(deployed), new ObjectSet([login, other, plugins('early')])) as string;
  expect(judge(hub(deployed), workload({ hash }))).toEqual(ready('1 of 1 pods are available'));
  expect(judge(hub(deployed), workload({ hash }), plugins('late'))).toEqual(
    unheard('the operator has not rolled out the present ConfigMaps and Secrets yet'),
  );
});

test('the hash is that of the operator: keys and values in their order, Secrets decoded', () => {
  // printf 'POSTGRES_HOSTdbPOSTGRES_HOSTdbdynamic-plugins.yamlearly' | sha256sum
  expect(configHash(hub(deployed), new ObjectSet([login, other, plugins('early')]))).toBe(
    '5ebd01155db1a9755ee55449202fcda63c43a1002e1278206adaf5ee676e9402',
  );
});

test('the workload must have rolled out, and the condition must hold', () => {
  expect(judge(hub(deployed), workload({ available: 0 }))).toEqual(
    waiting('Deployment: 0 of 1 pods are available'),
  );
  const exceeded = { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' };
  const late = workload();
  expect(judge(hub(deployed), { ...late, status: { ...late.status, conditions: [exceeded] } })).toEqual(
    failed('Deployment: ProgressDeadlineExceeded'),
  );
  const progress = '{ type: Deployed, status: "False", reason: DeployInProgress, message: rolling }';
  expect(judge(hub(progress), workload())).toEqual(
    unheard('the operator has not seen that it has rolled out: DeployInProgress: rolling'),
  );
});

test('an idle hub is told how it is started', () => {
  const idle = '{ type: Deployed, status: "False", reason: Idled, message: Instance is idled }';
  expect(judge(hub(idle), workload())).toEqual(
    stuck('Idled: Instance is idled; the annotation rhdh.redhat.com/idle must go'),
  );
});

test('the hub may be a StatefulSet', () => {
  const kind = 'StatefulSet';
  expect(judge(hub(deployed, '{ kind: StatefulSet }'), workload({ kind }))).toEqual(
    ready('1 of 1 pods are ready'),
  );
  expect(judge(hub(deployed, '{ kind: StatefulSet }'), workload())).toEqual(
    waiting('the operator has not made backstage-hub yet'),
  );
});

test('the number of replicas that the patch asks for is waited for', () => {
  expect(judge(hub(deployed, '{ patch: { spec: { replicas: 2 } } }'), workload())).toEqual(
    waiting('the operator has not rolled out 2 replicas yet'),
  );
});

test('a hub at 0 pods is not ready, unless its bundle asks for 0', () => {
  const stopped = hub(deployed, '{ patch: { spec: { replicas: 0 } } }');
  const empty = workload();
  const objects = new ObjectSet([
    { ...empty, spec: { ...empty.spec, replicas: 0 }, status: { observedGeneration: 1 } },
    login,
    other,
    plugins('early'),
  ]);
  expect(backstageGate(stopped, objects, hub(undefined))).toEqual(
    waiting('Deployment: it is scaled to 0 pods, which its bundle does not ask for'),
  );
  expect(backstageGate(stopped, objects, stopped)).toEqual(ready('0 of 0 pods are available'));
});
