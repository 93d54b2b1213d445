import { parse } from 'yaml';
import type { KubeObject } from '../kubernetes/object';
import { ObjectSet } from '../gates/object-set';
import { hubDatabases } from './hub-databases';

const hub: KubeObject = {
  apiVersion: 'rhdh.redhat.com/v1alpha4',
  kind: 'Backstage',
  metadata: { name: 'hub', namespace: 'rhdh' },
  spec: {
    application: {
      appConfig: { configMaps: [{ name: 'first' }, { name: 'second', key: 'app-config.yaml' }] },
      dynamicPluginsConfigMapName: 'plugins',
    },
  },
};

const object = (kind: string, name: string, data: Record<string, string>): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, namespace: 'rhdh' },
  data,
});

const appConfig = (name: string, text: string) =>
  object('ConfigMap', name, { 'app-config.yaml': text, ...(name === 'second' && { 'other.yaml': 'x: [' }) });

/** The hub's workload, with this in its own container. */
const workload = (container = '{}', volumes = '[]'): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'backstage-hub', namespace: 'rhdh' },
  spec: {
    template: {
      spec: { containers: [{ name: 'backstage-backend', ...parse(container) }], volumes: parse(volumes) },
    },
  },
});

const of = (first: string, second = '', container?: string, more: KubeObject[] = [], volumes?: string) =>
  hubDatabases(
    hub,
    workload(container, volumes),
    new ObjectSet([appConfig('first', first), appConfig('second', second), ...more]),
  );
const settings = (text: string) => `backend: { database: { ${text} } }`;
const opened = (names: { prefix?: string; names?: string[]; unread?: string[] }) => ({
  prefix: undefined,
  names: [],
  unread: [],
  ...names,
});
const usual = 'backstage_plugin_';

test('each plugin has a database of the usual prefix where nothing else is said', () => {
  expect(of('app: { title: Hub }')).toEqual(opened({ prefix: usual }));
});

test('a ConfigMap that cannot be read, and one that is no YAML, are told', () => {
  const unread = hubDatabases(hub, workload(), new ObjectSet([appConfig('first', 'a: [')])).unread;
  expect(unread).toEqual([
    'ConfigMap/second cannot be read',
    expect.stringMatching(/^ConfigMap\/first, app-config\.yaml: .* at line 1/),
  ]);
});

test('a raw configuration, which may name databases of its own, is told', () => {
  const withRaw = { ...hub, spec: { ...hub.spec, rawRuntimeConfig: { backstageConfig: 'raw' } } };
  const objects = new ObjectSet([appConfig('first', '{}'), appConfig('second', '{}')]);
  expect(hubDatabases(withRaw, workload(), objects).unread).toEqual([
    'ConfigMap/raw of spec.rawRuntimeConfig is not looked into',
  ]);
});

test('the later app-config wins, the plugins count less, and a variable of the container wins over all', () => {
  const pluginConfig =
    'plugins: [{ package: a, pluginConfig: { backend: { database: { prefix: zero_ } } } }]';
  const plugins = [object('ConfigMap', 'plugins', { 'dynamic-plugins.yaml': pluginConfig })];
  expect(of('{}', '{}', '{}', plugins)).toEqual(opened({ prefix: 'zero_' }));
  expect(of(settings('prefix: one_'), '{}', '{}', plugins)).toEqual(opened({ prefix: 'one_' }));
  expect(of(settings('prefix: one_'), settings('prefix: two_'))).toEqual(opened({ prefix: 'two_' }));
  const env = '{ env: [{ name: APP_CONFIG_backend_database_prefix, value: three_ }] }';
  expect(of(settings('prefix: one_'), settings('prefix: two_'), env)).toEqual(opened({ prefix: 'three_' }));
});

test('a name may come from a Secret, whole or in part, and from a file', () => {
  const login = object('Secret', 'login', { NAME: 'Ymx1ZQ==', 'name.txt': 'Ymx1ZQ==' });
  const env = '{ envFrom: [{ secretRef: { name: login } }] }';
  expect(of(settings('prefix: "${NAME}_"'), '{}', env, [login])).toEqual(opened({ prefix: 'blue_' }));
  const mounted = '{ volumeMounts: [{ name: login, mountPath: /names }] }';
  const volumes = '[{ name: login, secret: { secretName: login } }]';
  const shared = settings('pluginDivisionMode: schema, connection: { database: { $file: /names/name.txt } }');
  expect(of(shared, '{}', mounted, [login], volumes)).toEqual(opened({ names: ['blue'] }));
});

test('a plugin may have a database of its own, in both modes', () => {
  const catalog = 'plugin: { catalog: { connection: { database: entities } } }';
  expect(of(settings(catalog))).toEqual(opened({ prefix: usual, names: ['entities'] }));
  const schema = `pluginDivisionMode: schema, connection: { database: hub }, ${catalog}`;
  expect(of(settings(schema))).toEqual(opened({ names: ['hub', 'entities'] }));
});

test('what cannot be read is told with its place', () => {
  const env = '{ envFrom: [{ secretRef: { name: hidden } }] }';
  const place = 'ConfigMap/first, app-config.yaml, line 1: backend.database.';
  const variable = 'is variable NAME, which Secret hidden may set';
  expect(of(settings('prefix: "${NAME}"'), '{}', env).unread).toEqual([`${place}prefix ${variable}`]);
  expect(of(settings('pluginDivisionMode: "${NAME}"'), '{}', env).unread).toEqual([
    `${place}pluginDivisionMode ${variable}`,
  ]);
  expect(of(settings('plugin: { $include: /elsewhere.yaml }')).unread).toEqual([
    `${place}plugin is file /elsewhere.yaml`,
  ]);
});
