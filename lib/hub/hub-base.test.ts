import { TestFolder } from '../../test/unit/folder';
import { cloudNativePgKeys, serverIn, type ServerOptions, tlsModes } from '../../test/unit/servers';
import { objectOf, problemsOf, stageOf } from '../../test/unit/stage';
import { AdoptedHub } from './adopted-hub';
import { RhdhRelease } from '../operators/release';

const folder = new TestFolder();

/** A hub that was adopted with `spec` and connected. */
function adopted(spec: object, database: ServerOptions = {}) {
  const hub = { apiVersion: 'rhdh.redhat.com/v1alpha4', kind: 'Backstage', metadata: { name: 'hub' }, spec };
  const stage = stageOf();
  const backstageFile = folder.write('hub.yaml', JSON.stringify(hub));
  new AdoptedHub(stage, 'hub', { backstageFile, release: RhdhRelease.V1_8 }).connect(
    serverIn(stage, database),
  );
  return { spec: objectOf(stage, 'Backstage').spec, problems: problemsOf(stage) };
}

const connected = (spec: object, database?: ServerOptions) => adopted(spec, database).spec;

const local = 'backstage-psql-secret-hub';
const extraEnvs = (value: object) => ({ application: { extraEnvs: value } });
const address = [
  { name: 'POSTGRES_HOST', value: 'db.data.svc.cluster.local' },
  { name: 'POSTGRES_PORT', value: '5432' },
  { name: 'PGSSLMODE', value: 'disable' },
];

test('a login that was written down by hand gives way to the one that is connected', () => {
  const envs = [
    { name: 'POSTGRES_HOST', value: 'old' },
    { name: 'PGSSLMODE', value: 'require' },
    { name: 'LOG_LEVEL', value: 'info' },
  ];
  const patch = (env: object[]) => ({
    patch: { spec: { template: { spec: { containers: [{ name: 'backstage-backend', env }] } } } },
  });
  const spec = connected({ ...extraEnvs({ envs }), deployment: patch(envs) });
  expect(spec.application.extraEnvs).toEqual({
    envs: [{ name: 'LOG_LEVEL', value: 'info' }, ...address],
    secrets: [{ name: 'login' }],
  });
  expect(spec.deployment).toEqual(patch([{ name: 'LOG_LEVEL', value: 'info' }]));
});

test('the Secret of the local database is not given to Backstage beside the new one', () => {
  expect(
    connected(extraEnvs({ secrets: [{ name: local }, { name: 'other' }] })).application.extraEnvs.secrets,
  ).toEqual([{ name: 'other' }, { name: 'login' }]);
});

test.each([
  [
    ['backstage-backend', 'lightspeed-core'],
    ['backstage-backend', 'lightspeed-core'],
  ],
  [['lightspeed-core'], ['backstage-backend', 'lightspeed-core']],
  [['*'], ['*']],
])(
  'containers %j that got the Secret of the local database get the new one, and its address',
  (before, containers) => {
    const spec = connected(extraEnvs({ secrets: [{ name: local, containers: before }] }));
    expect(spec.application.extraEnvs).toEqual({
      envs: address.map((variable) => ({ ...variable, containers })),
      secrets: [{ name: 'login', containers }],
    });
  },
);

test.each<[string, ServerOptions]>([
  ['TLS', { tls: tlsModes.require }],
  ['keys of its own', { keys: cloudNativePgKeys }],
])('a Secret for several containers is a problem where the database has %s', (_, database) => {
  expect(
    adopted(extraEnvs({ secrets: [{ name: local, containers: ['core', 'stack'] }] }), database).problems,
  ).toEqual([
    'hub/input: spec.application.extraEnvs.secrets gives Secret backstage-psql-secret-hub to core, stack, which would need more than ' +
      'Secret login whole; write envFrom at these containers in spec.deployment.patch instead, which is turned to all that they need',
  ]);
});

test('a sidecar that verifies the server gets the file of the authority', () => {
  const spec = connected(
    {
      deployment: {
        patch: {
          spec: {
            template: { spec: { containers: [{ name: 'core', envFrom: [{ secretRef: { name: local } }] }] } },
          },
        },
      },
    },
    { tls: tlsModes['verify-full'] },
  );
  expect(spec.deployment.patch.spec.template.spec.volumes).toEqual([
    { name: 'postgres-ca', configMap: { name: 'db-ca', items: [{ key: 'root.pem', path: 'root.pem' }] } },
  ]);
});

test('the number of pods is the one of the patch, then the one of the application, then 1', () => {
  const replicas = (spec: object) => {
    const hub = {
      apiVersion: 'rhdh.redhat.com/v1alpha4',
      kind: 'Backstage',
      metadata: { name: 'hub' },
      spec,
    };
    const backstageFile = folder.write('replicas.yaml', JSON.stringify(hub));
    return new AdoptedHub(stageOf(), 'hub', { backstageFile, release: RhdhRelease.V1_8 }).replicas;
  };
  const application = { replicas: 3 };
  expect([
    replicas({ application, deployment: { patch: { spec: { replicas: 2 } } } }),
    replicas({ application }),
    replicas({}),
  ]).toEqual([2, 3, 1]);
});
