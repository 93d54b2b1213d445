import { k8s } from 'cdk8s-plus-28';
import {
  type AdoptedHub,
  ContainerPatch,
  Credentials,
  PostgresAddress,
  PostgresTls,
  CertificateAuthority,
  RhdhRelease,
  type Stage,
} from '../..';
import {
  adopted,
  type AdoptedChanges,
  configMap,
  database,
  withAppConfig,
} from '../../../test/unit/adopted-app';
import { problemsOf } from '../../../test/unit/valid-app';

const whole = { credentials: Credentials.fromSecret('login') };
const problems = (settings: object, changes: AdoptedChanges = {}, tls = PostgresTls.disable()) =>
  problemsOf(adopted({ appConfig: database(settings) }, tls, changes)());
const authority = PostgresTls.verifyFull(CertificateAuthority.fromConfigMap('ca'));

test.each<[string, object]>([
  ['the variables of the operator', { connection: { host: '${POSTGRES_HOST}', port: '${ POSTGRES_PORT }' } }],
  ['the host itself, and the port as a number', { connection: { host: 'db.example.com', port: 5432 } }],
  ['upper case and a final dot', { connection: { host: 'DB.example.com.', port: '5432' } }],
  ['$env', { connection: { host: { $env: 'POSTGRES_HOST' }, password: { $env: 'POSTGRES_PASSWORD' } } }],
  ['a default', { connection: { host: '${DB_HOST:-db.example.com}', port: '${DB_PORT:-5432}' } }],
  ['a variable that is not set, which leaves what the image says', { connection: { host: '${DB_HOST}' } }],
  [
    'a URL of variables',
    { connection: 'postgresql://${POSTGRES_USER}:${POSTGRES_PASSWORD}@${POSTGRES_HOST}:${POSTGRES_PORT}' },
  ],
  [
    'a connectionString in schema mode',
    {
      pluginDivisionMode: 'schema',
      connection: {
        connectionString:
          'postgres://${POSTGRES_USER}:${POSTGRES_PASSWORD}@db.example.com/rhdh?sslmode=disable',
      },
    },
  ],
  ['a database that nobody takes in database mode', { connection: { database: 'postgres' } }],
  ['settings of a plugin', { plugin: { catalog: { connection: { host: '${POSTGRES_HOST}', ssl: false } } } }],
  ['false for ssl', { connection: { ssl: false } }],
])('%s lead to the database', (_, settings) => {
  expect(problems(settings)).toEqual([]);
});

test.each(['db', 'db.rhdh', 'db.rhdh.svc', 'db.rhdh.svc.cluster.local'])(
  '%s is the Service of the same namespace',
  (host) => {
    const address = PostgresAddress.fromService('db', 'rhdh');
    expect(problems({ connection: { host } }, { ...whole, address })).toEqual([]);
  },
);

test('the short name of a Service of another namespace is another server', () => {
  const address = PostgresAddress.fromService('db', 'data');
  expect(problems({ connection: { host: 'db' } }, { ...whole, address })).toHaveLength(1);
  expect(problems({ connection: { host: 'db.data' } }, { ...whole, address })).toEqual([]);
});

test('the keys of a Secret that is mapped are the login, however it is given', () => {
  const backstage = withAppConfig.replace(
    'application: {',
    'application: { extraEnvs: { secrets: [{ name: login, key: username }] },',
  );
  const appConfig = database({ connection: { user: '${username}' } });
  expect(problemsOf(adopted({ backstage, appConfig }, PostgresTls.disable())())).toEqual([]);
});

test('a fixed login is accepted where it is the one of the Secret that the app makes', () => {
  const changes = { credentials: Credentials.plainText('pass word', 'hub') };
  expect(problems({ connection: { user: 'hub', password: 'pass word' } }, changes)).toEqual([]);
  expect(problems({ connection: { user: 'other' } }, changes)).toHaveLength(1);
});

test('the authority may be named again, where it is mounted', () => {
  const ca = { $file: '/opt/app-root/src/trusted-ca/ca.crt' };
  expect(problems({ connection: { ssl: { rejectUnauthorized: true, ca } } }, whole, authority)).toEqual([]);
  expect(problems({ connection: { ssl: true } }, whole, authority)).toEqual([]);
});

test('a later file wins over an earlier one, and a variable over all', () => {
  const backstage = withAppConfig.replace(
    'application: {',
    "application: { extraEnvs: { envs: [{ name: APP_CONFIG_backend_database_connection_host, value: 'db.example.com' }] },",
  );
  const appConfig = database({ connection: { host: 'old' } });
  expect(problemsOf(adopted({ backstage, appConfig }, PostgresTls.disable(), whole)())).toEqual([]);
});

test('the login wins over a Secret that is added after it', () => {
  const after = (hub: AdoptedHub) => {
    hub.addEnvFromSecret({ name: 'old' });
    expect(hub._manifest.list('spec.application.extraEnvs.secrets')).toEqual([
      { name: 'old' },
      { name: 'login' },
    ]);
  };
  expect(problems({}, { ...whole, after })).toEqual([]);
});

test('a ConfigMap of the app is read for its variables, whole and by a key of the patch', () => {
  const appConfig = database({ connection: { host: '${DB_HOST}', port: '${DB_PORT}' } });
  const after = (hub: AdoptedHub, stage: Stage) => {
    const data = { DB_HOST: 'db.example.com', PORT: '5432' };
    new k8s.KubeConfigMap(stage, 'names', { metadata: { name: 'names' }, data });
    hub.addEnvFromConfigMap({ name: 'names' });
    const valueFrom = { configMapKeyRef: { name: 'names', key: 'PORT' } };
    hub.addContainer(
      ContainerPatch.merge({ name: 'backstage-backend', env: [{ name: 'DB_PORT', valueFrom }] }),
    );
  };
  expect(problemsOf(adopted({ appConfig }, PostgresTls.disable(), { after })())).toEqual([]);
});

test('a file that is nothing but another one is read from there', () => {
  const backstage = withAppConfig.replace(
    'application: {',
    'application: { extraFiles: { configMaps: [{ name: more, mountPath: /more }] },',
  );
  const after = (_: AdoptedHub, stage: Stage) =>
    new k8s.KubeConfigMap(stage, 'more', {
      metadata: { name: 'more' },
      data: { 'all.yaml': 'backend: { database: { connection: { host: old } } }' },
    });
  const appConfig = configMap('app-config.yaml', '$include: /more/all.yaml');
  expect(problemsOf(adopted({ backstage, appConfig }, PostgresTls.disable(), { after })())).toEqual([
    "[0200-backstage/hub] hub/app-config: ConfigMap config, app-config.yaml: backend.database.connection.host is 'old', " +
      'but the hub is connected to db.example.com; write host: ${POSTGRES_HOST}',
  ]);
});

test('what a file includes from a ConfigMap of the app is read, too', () => {
  const backstage = withAppConfig
    .replace(
      'application: {',
      'application: { extraFiles: { configMaps: [{ name: config, key: connection.json, mountPath: /more }] },',
    )
    .replace('{ name: config }]', '{ name: config, key: app-config.yaml }]');
  const appConfig =
    configMap(
      'app-config.yaml',
      'backend: { database: { connection: { $include: /more/connection.json } } }',
    ) + `  connection.json: '{ "host": "old" }'\n`;
  expect(problemsOf(adopted({ backstage, appConfig }, PostgresTls.disable(), whole)())).toContainEqual(
    expect.stringContaining("backend.database.connection.host is 'old'"),
  );
});

test.each([RhdhRelease.V1_7, RhdhRelease.V1_8])(
  'the patch of the pod is merged before plain variables, and after them in 1.7 (%#)',
  (release) => {
    const changes: AdoptedChanges = {
      ...whole,
      release,
      after: (hub) =>
        hub.addContainer(
          ContainerPatch.merge({ name: 'backstage-backend', env: [{ name: 'POSTGRES_HOST', value: 'old' }] }),
        ),
    };
    const backstage = withAppConfig.replace('v1alpha4', 'v1alpha3');
    const appConfig = configMap('app-config.yaml', 'app: {}');
    expect(problemsOf(adopted({ backstage, appConfig }, PostgresTls.disable(), changes)())).toHaveLength(
      release === RhdhRelease.V1_7 ? 1 : 0,
    );
  },
);

test('databases that the caller says exist need not be created', () => {
  expect(problems({ ensureExists: false }, { ...whole, databasesExist: true })).toEqual([]);
});

test('RHDH 2.0 takes one file of a ConfigMap, or the one that is named', () => {
  const appConfig = configMap('app-config.yaml', 'app: {}') + `  more.yaml: 'app: {}'\n`;
  const changes = { ...whole, release: RhdhRelease.V2_0 };
  expect(problemsOf(adopted({ appConfig }, PostgresTls.disable(), changes)())).toEqual([
    '[0200-backstage/hub] hub/app-config: ConfigMap config has 2 files, and the operator of RHDH 2.0 refuses more than one; ' +
      'write each into a ConfigMap of its own, or name one by key in spec.application.appConfig.configMaps',
  ]);
  const backstage = withAppConfig.replace('{ name: config }]', '{ name: config, key: app-config.yaml }]');
  expect(problemsOf(adopted({ backstage, appConfig }, PostgresTls.disable(), changes)())).toEqual([]);
});
