import type { KubeObject } from '../kubernetes/object';
import { dependentHubs } from './dependent-hubs';

const object = (kind: string, name: string, namespace = 'rhdh'): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, namespace },
});

const hub = (name: string, application: object): KubeObject => ({
  apiVersion: 'rhdh.redhat.com/v1alpha4',
  kind: 'Backstage',
  metadata: { name, namespace: 'rhdh' },
  spec: { application },
});

const withPlugins = hub('plugins', { dynamicPluginsConfigMapName: 'dynamic-plugins' });
const withLogin = hub('login', { extraEnvs: { secrets: [{ name: 'login' }] } });
const withFolder = hub('folder', {
  extraFiles: { configMaps: [{ name: 'dynamic-plugins', mountPath: '/files' }] },
});
const earlier = [withPlugins, withLogin, withFolder, object('ConfigMap', 'dynamic-plugins')];

test('a hub that reads a ConfigMap or Secret of the stage is rolled out with it', () => {
  expect(dependentHubs([object('ConfigMap', 'dynamic-plugins')], earlier)).toEqual([withPlugins]);
  expect(dependentHubs([object('Secret', 'login'), object('ConfigMap', 'dynamic-plugins')], earlier)).toEqual(
    [withPlugins, withLogin],
  );
});

test.each([
  ['of the name in another namespace', object('ConfigMap', 'dynamic-plugins', 'other')],
  ['of the name and of another kind', object('Secret', 'dynamic-plugins')],
  ['of another name', object('ConfigMap', 'other')],
])('an object %s concerns no hub', (_, applied) => {
  expect(dependentHubs([applied], earlier)).toEqual([]);
});
