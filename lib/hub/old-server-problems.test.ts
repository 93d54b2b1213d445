import type { k8s } from 'cdk8s-plus-28';
import { ApiObject, Testing } from 'cdk8s';
import {
  AdoptedHub,
  CertificateAuthority,
  Credentials,
  ExternalPostgres,
  HubApp,
  PostgresAddress,
  PostgresTls,
  RhdhRelease,
  Stage,
  StageKind,
} from '..';
import { TestFolder } from '../../test/unit/folder';
import { problemsOf } from '../../test/unit/valid-app';

const folder = new TestFolder();

/** A hub that leaves old.example.com:5432 for new.example.com:5433. */
function moved(spec: object, tls = PostgresTls.disable(), configMap?: Record<string, string>) {
  const app = new HubApp({ outdir: folder.path });
  const stage = new Stage(app, StageKind.BACKSTAGE, { namespace: 'rhdh' });
  const resource = {
    apiVersion: 'rhdh.redhat.com/v1alpha4',
    kind: 'Backstage',
    metadata: { name: 'hub' },
    spec,
  };
  if (configMap !== undefined) {
    new ApiObject(stage, 'config', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'config' },
      data: configMap,
    } as object as { apiVersion: string; kind: string });
  }
  const hub = new AdoptedHub(stage, 'hub', {
    backstageFile: folder.write('hub.yaml', JSON.stringify(resource)),
    release: RhdhRelease.V1_8,
  });
  const oldAuthority = CertificateAuthority.fromConfigMap('old-ca');
  hub.connect(
    new ExternalPostgres(stage, 'new', {
      address: PostgresAddress.fromHost('new.example.com', 5433),
      tls,
      credentials: Credentials.fromSecret('new-login'),
    }),
    {
      from: new ExternalPostgres(stage, 'old', {
        address: PostgresAddress.fromHost('old.example.com'),
        tls: PostgresTls.verifyFull(oldAuthority),
        credentials: Credentials.fromSecret('old-login', {
          user: 'username',
          password: 'password',
          host: 'host',
        }),
      }),
    },
  );
  const problems = problemsOf(app);
  if (problems.length > 0) return { problems };
  const { spec: written } = Testing.synth(stage).find(({ kind }: { kind: string }) => kind === 'Backstage');
  return { problems, spec: written };
}

const pod = (fields: object) => ({ deployment: { patch: { spec: { template: { spec: fields } } } } });
const podOf = (spec: any) => spec.deployment.patch.spec.template.spec;
const keyOf = (name: string, secret: string, key: string): k8s.EnvVar => ({
  name,
  valueFrom: { secretKeyRef: { name: secret, key } },
});

test('the Secret given whole makes room, and its keys stay as variables of the configuration', () => {
  const { problems, spec } = moved({
    application: { extraEnvs: { secrets: [{ name: 'old-login' }, { name: 'more' }] } },
  });
  expect(problems).toEqual([]);
  expect(spec.application.extraEnvs.secrets).toEqual([{ name: 'more' }, { name: 'new-login' }]);
  expect(podOf(spec).containers).toEqual([
    {
      name: 'backstage-backend',
      env: [
        { name: 'host', value: 'new.example.com' },
        keyOf('username', 'new-login', 'POSTGRES_USER'),
        keyOf('password', 'new-login', 'POSTGRES_PASSWORD'),
      ],
    },
  ]);
});

test('sidecars and init containers get the new login under the names that they know', () => {
  const { problems, spec } = moved(
    pod({
      containers: [{ name: 'whole', envFrom: [{ secretRef: { name: 'old-login' } }] }],
      initContainers: [
        {
          name: 'mapped',
          env: [
            keyOf('PGHOST', 'old-login', 'host'),
            keyOf('PGUSER', 'old-login', 'username'),
            { name: 'POSTGRES_DB', value: 'rhdh-ls' },
          ],
        },
        {
          name: 'literal',
          env: [
            { name: 'PGHOST', value: 'Old.Example.com' },
            { name: 'PGSSLMODE', value: 'verify-full' },
          ],
        },
        {
          name: 'other',
          env: [
            { name: 'DB_HOST', value: 'old.example.com' },
            { name: 'DB_PORT', value: '5432' },
          ],
        },
      ],
    }),
    PostgresTls.require(),
  );
  expect(problems).toEqual([]);
  const { containers, initContainers } = podOf(spec);
  expect(containers[0]).toEqual({
    name: 'whole',
    envFrom: [],
    env: [
      { name: 'host', value: 'new.example.com' },
      keyOf('username', 'new-login', 'POSTGRES_USER'),
      keyOf('password', 'new-login', 'POSTGRES_PASSWORD'),
      { name: 'PGSSLMODE', value: 'require' },
    ],
  });
  const [mapped, literal, other] = initContainers;
  expect(mapped.env).toEqual(
    expect.arrayContaining([
      { name: 'PGHOST', value: 'new.example.com' },
      { name: 'PGPORT', value: '5433' },
      keyOf('PGUSER', 'new-login', 'POSTGRES_USER'),
      { name: 'POSTGRES_DB', value: 'rhdh-ls' },
    ]),
  );
  expect(literal.env).toEqual([
    { name: 'PGHOST', value: 'new.example.com' },
    { name: 'PGSSLMODE', value: 'require' },
    { name: 'PGPORT', value: '5433' },
  ]);
  expect(other.env).toEqual([
    { name: 'DB_HOST', value: 'new.example.com' },
    { name: 'DB_PORT', value: '5433' },
    { name: 'PGSSLMODE', value: 'require' },
  ]);
});

test('the authority of the old server makes room for that of the new one', () => {
  const { problems, spec } = moved(
    {
      application: {
        extraEnvs: { envs: [{ name: 'NODE_EXTRA_CA_CERTS', value: '/certs/ca.crt' }] },
        extraFiles: { configMaps: [{ name: 'old-ca', key: 'ca.crt', mountPath: '/certs' }] },
      },
    },
    PostgresTls.verifyFull(CertificateAuthority.fromConfigMap('new-ca')),
  );
  expect(problems).toEqual([]);
  expect(spec.application.extraFiles.configMaps).toEqual([
    { name: 'new-ca', key: 'ca.crt', mountPath: '/opt/app-root/src/trusted-ca' },
  ]);
});

const hub = '[0200-backstage/hub] hub';

test('a name of the old Secret that is a name of something else is left alone', () => {
  const spec = pod({
    containers: [{ name: 'old-login', image: 'a', volumeMounts: [{ name: 'old-login', mountPath: '/a' }] }],
  });
  const { problems, spec: written } = moved(spec);
  expect(problems).toEqual([]);
  expect(podOf(written)).toEqual(podOf(spec));
});

test.each<[string, object, string[]]>([
  [
    'a key that is no part of the login',
    pod({ containers: [{ name: 'a', env: [keyOf('DB', 'old-login', 'POSTGRES_DB')] }] }),
    [
      `${hub}/input: spec.deployment.patch.spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef reads key POSTGRES_DB ` +
        'of Secret old-login, which Secret new-login does not have; change the reference in the resource',
    ],
  ],
  [
    'a key of the hub that is no part of the login',
    { application: { extraEnvs: { secrets: [{ name: 'old-login', key: 'POSTGRES_DB' }] } } },
    [
      `${hub}/input: spec.application.extraEnvs.secrets takes key POSTGRES_DB of Secret old-login, which is no part of its login; ` +
        'write the value into the configuration, or take it from another Secret',
    ],
  ],
  [
    'a URL in an argument',
    pod({ containers: [{ name: 'a', args: ['--url=postgres://me@old.example.com:5432/chats'] }] }),
    [
      `${hub}/old-server: spec.deployment.patch.spec.template.spec.containers[0].args[0] still names old.example.com, ` +
        'which the hub leaves; write new.example.com, or take it out',
    ],
  ],
  [
    'a host of which nobody knows where the port is',
    pod({ containers: [{ name: 'a', env: [{ name: 'SERVER', value: 'old.example.com' }] }] }),
    [
      `${hub}/input: spec.deployment.patch.spec.template.spec.containers[0].env: SERVER has no port beside it, which changes ` +
        'from 5432 to 5433; write a variable SERVER_PORT for it, or leave SERVER out',
    ],
  ],
])('%s is refused', (_, spec, report) => {
  expect(moved(spec).problems).toEqual(report);
});

test('an app-config that names the old server is told once, with its line', () => {
  const spec = { application: { appConfig: { configMaps: [{ name: 'config' }] } } };
  const text =
    'backend:\n  database:\n    connection:\n      host: old.example.com\nproxy:\n  endpoints: { a: { target: https://old.example.com:8443 } }\n';
  expect(moved(spec, undefined, { 'app-config.yaml': text }).problems).toEqual([
    `${hub}/app-config: ConfigMap config, app-config.yaml, line 4: backend.database.connection.host is 'old.example.com', ` +
      'but the hub is connected to new.example.com; write host: ${POSTGRES_HOST}',
    `${hub}/old-server: ConfigMap config, app-config.yaml, line 6 still names old.example.com, which the hub leaves; ` +
      'write new.example.com, or take it out',
  ]);
});
