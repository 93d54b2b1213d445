import type { KubeObject } from '../kubernetes/object';
import { ObjectSet } from '../gates/object-set';
import { configurationOf } from './read-cluster';

const workload = (kind: string, name: string, spec: object, namespace = 'rhdh'): KubeObject => ({
  apiVersion: kind === 'Pod' ? 'v1' : 'apps/v1',
  kind,
  metadata: { name, namespace },
  spec: kind === 'Pod' ? spec : { template: { spec } },
});

const container = (name: string, secret: string) => ({ name, envFrom: [{ secretRef: { name: secret } }] });

const hub: KubeObject = {
  apiVersion: 'rhdh.redhat.com/v1alpha4',
  kind: 'Backstage',
  metadata: { name: 'hub', namespace: 'rhdh' },
  spec: {
    application: { dynamicPluginsConfigMapName: 'plugins', extraEnvs: { secrets: [{ name: 'login' }] } },
  },
};

const names = (namespaces: string[], wanted: KubeObject[], objects: KubeObject[]) =>
  configurationOf(namespaces, wanted, new ObjectSet(objects)).map(
    ({ kind, namespace, name }) => `${kind}/${namespace}/${name}`,
  );

test('what hubs and containers refer to is read, each once', () => {
  const objects = [
    workload('Deployment', 'backstage-hub', { containers: [container('backstage-backend', 'login')] }),
    workload('Pod', 'backstage-hub-1', { containers: [container('backstage-backend', 'former-login')] }),
    workload('StatefulSet', 'server', { initContainers: [container('init', 'server-login')] }),
  ];
  expect(names(['rhdh'], [hub], objects)).toEqual([
    'Secret/rhdh/login',
    'ConfigMap/rhdh/plugins',
    'Secret/rhdh/server-login',
    'Secret/rhdh/former-login',
  ]);
});

test('a jobs service keeps its reactive connection in a ConfigMap', () => {
  const jobs = workload('Deployment', 'platform-jobs-service', { containers: [{ name: 'jobs-service' }] });
  expect(names(['rhdh'], [], [jobs])).toEqual(['ConfigMap/rhdh/platform-jobs-service-props']);
});

test('other namespaces are not read', () => {
  const other = workload('Pod', 'x', { containers: [container('x', 'secret')] }, 'other');
  expect(names(['rhdh'], [], [other])).toEqual([]);
});
