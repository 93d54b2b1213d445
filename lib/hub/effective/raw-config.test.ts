import { Credentials, PostgresTls, RhdhRelease } from '../..';
import { adopted, type AdoptedChanges, backstage, configMap } from '../../../test/unit/adopted-app';
import { problemsOf } from '../../../test/unit/valid-app';

const raw = backstage.replace('spec: {}', 'spec: { rawRuntimeConfig: { backstageConfig: config } }');
const whole = { credentials: Credentials.fromSecret('login') };
const hub = '[0200-backstage/hub] hub';

const appOf = (key: string, manifests: readonly object[], changes: AdoptedChanges = {}) =>
  adopted(
    {
      backstage: raw,
      appConfig: configMap(key, manifests.map((manifest) => JSON.stringify(manifest)).join('\n---\n')),
    },
    PostgresTls.require(),
    { ...whole, ...changes },
  )();
const problems = (key: string, ...manifests: object[]) => problemsOf(appOf(key, manifests));

const deployment = (container: object) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'own' },
  spec: { template: { spec: { containers: [{ name: 'backstage-backend', ...container }] } } },
});
const object = (kind: string, content: object, annotations: object = {}) => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'own', annotations },
  ...content,
});
const appConfig = (text: string) => object('ConfigMap', { data: { 'own.yaml': text } });

test.each<[string, string, object[]]>([
  [
    'a Deployment of its own',
    'deployment.yaml',
    [deployment({ env: [{ name: 'LOG_LEVEL', value: 'debug' }] })],
  ],
  ['a configuration without database', 'app-config.yaml', [appConfig('app: { title: Portal }')]],
  [
    'the variables of the login, which the Secret of connect writes over',
    'secret-envs.yaml',
    [object('Secret', { stringData: { POSTGRES_HOST: 'old.example.com' } })],
  ],
  [
    'variables of a sidecar',
    'configmap-envs.yaml',
    [
      object(
        'ConfigMap',
        { data: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } },
        { 'rhdh.redhat.com/containers': 'other' },
      ),
    ],
  ],
  [
    'an annotation that is no text, which names no container',
    'configmap-envs.yaml',
    [object('ConfigMap', { data: { LOG_LEVEL: 'debug' } }, { 'rhdh.redhat.com/containers': 5 })],
  ],
  ['what concerns the local database', 'db-statefulset.yaml', [object('StatefulSet', {})]],
])('a raw configuration may have %s', (_, key, manifests) => {
  expect(problems(key, ...manifests)).toEqual([]);
});

test('a variable of the Deployment that beats the login is refused with its place', () => {
  const env = [{ name: 'POSTGRES_USER', value: 'postgres' }];
  expect(problems('deployment.yaml', deployment({ env }))).toEqual([
    `${hub}/app-config: ConfigMap config, deployment.yaml, spec.template.spec.containers[0].env[0]: POSTGRES_USER is 'postgres', but the hub is ` +
      'connected to the database with key POSTGRES_USER of Secret login; take it out',
  ]);
});

test('a configuration of another database is refused with its line', () => {
  expect(
    problems('app-config.yaml', appConfig('backend:\n  database:\n    client: better-sqlite3\n')),
  ).toEqual([
    `${hub}/app-config: ConfigMap config, app-config.yaml, own.yaml, line 3: backend.database.client is 'better-sqlite3', ` +
      'which does not use PostgreSQL; write client: pg',
  ]);
});

test('the configuration of the resource comes after it, and wins', () => {
  const own = [appConfig('backend: { database: { client: better-sqlite3 } }')];
  const after = JSON.stringify({ backend: { database: { client: 'pg' } } });
  const text =
    configMap('app-config.yaml', JSON.stringify(own[0])) +
    '---\n' +
    configMap('later.yaml', after).replace('name: config', 'name: later');
  const both = raw.replace(
    'spec: {',
    'spec: { application: { appConfig: { configMaps: [{ name: later }] } },',
  );
  const app = adopted({ backstage: both, appConfig: text }, PostgresTls.require(), whole)();
  expect(problemsOf(app)).toEqual([]);
  expect(app.warnings).toEqual([]);
});

test.each(['ConfigMap', 'Secret'])('a variable in a %s that switches verification off is refused', (kind) => {
  const key = kind === 'Secret' ? 'secret-envs.yaml' : 'configmap-envs.yaml';
  const field = kind === 'Secret' ? 'stringData' : 'data';
  expect(problems(key, object(kind, { [field]: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } }))).toEqual([
    `${hub}/tls-verification: ${kind} own of ConfigMap config, ${key}, key NODE_TLS_REJECT_UNAUTHORIZED: ` +
      "NODE_TLS_REJECT_UNAUTHORIZED=0 switches off what tls 'require' demands; take it out and trust the authority of the other " +
      'servers with hub.trust(…)',
  ]);
});

test('two configurations in one object are refused where the operator takes one', () => {
  const two = object('ConfigMap', { data: { 'a.yaml': 'app: {}', 'b.yaml': 'app: {}' } });
  const text = [two];
  const app = adopted(
    {
      backstage: raw.replace('v1alpha4', 'v1alpha5'),
      appConfig: configMap('app-config.yaml', JSON.stringify(text[0])),
    },
    PostgresTls.require(),
    { ...whole, release: RhdhRelease.V2_0 },
  )();
  expect(problemsOf(app)).toEqual([
    `${hub}/app-config: ConfigMap own of ConfigMap config, app-config.yaml has 2 files, and the operator of RHDH 2.0 refuses more ` +
      'than one; write each into a ConfigMap of its own, or name one by key in spec.application.appConfig.configMaps',
  ]);
});

test('what is no YAML is refused with its place', () => {
  const app = adopted(
    { backstage: raw, appConfig: configMap('app-config.yaml', '[') },
    PostgresTls.require(),
    whole,
  )();
  expect(problemsOf(app)).toEqual([
    expect.stringContaining(`${hub}/raw-config: ConfigMap config, app-config.yaml:`),
  ]);
});

test('a ConfigMap that the app does not have is said', () => {
  const app = adopted({ backstage: raw }, PostgresTls.require(), whole)();
  expect(problemsOf(app)).toEqual([]);
  expect(app.warnings).toEqual([
    '[0200-backstage/hub] ConfigMap config of spec.rawRuntimeConfig is not in the app, so nobody looks for another database in it; ' +
      'give its file among appConfigFiles',
  ]);
});
