import type { KubeObject } from '../bundles/manifest';
import { ObjectSet } from '../gates/object-set';
import { hubDatabases } from './hub-databases';

const hub: KubeObject = {
  apiVersion: 'rhdh.redhat.com/v1alpha4',
  kind: 'Backstage',
  metadata: { name: 'hub', namespace: 'rhdh' },
  spec: { application: { appConfig: { configMaps: [{ name: 'first' }, { name: 'second' }] } } },
};

const configMap = (name: string, text: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'rhdh' },
  data: { 'app-config.yaml': text },
});

const of = (first: string, second = '') =>
  hubDatabases(hub, new ObjectSet([configMap('first', first), configMap('second', second)]));

test('each plugin has a database of the usual prefix where nothing else is said', () => {
  expect(of('app: { title: Hub }')).toEqual({ prefix: 'backstage_plugin_' });
  expect(hubDatabases(hub, new ObjectSet())).toEqual({ prefix: 'backstage_plugin_' });
});

test('the later app-config wins, and one that is no YAML says nothing', () => {
  const prefix = (value: string) => `backend: { database: { prefix: ${value} } }`;
  expect(of(prefix('one_'), prefix('two_'))).toEqual({ prefix: 'two_' });
  expect(of(prefix('one_'), 'a: b: c')).toEqual({ prefix: 'one_' });
});

test('in schema mode there is one database, whose name may come from a variable', () => {
  const schema = (database: string) =>
    `backend: { database: { pluginDivisionMode: schema, connection: { database: ${database} } } }`;
  expect(of(schema('hub'))).toEqual({ database: 'hub' });
  expect(of(schema('"${POSTGRES_DB}"'))).toEqual({});
});
