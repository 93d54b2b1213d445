import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Testing } from 'cdk8s';
import { parse, parseAllDocuments } from 'yaml';
import {
  AdoptedHub,
  type AdoptedHubProps,
  CertificateAuthority,
  Credentials,
  ExternalPostgres,
  HubApp,
  OrchestratorPlugins,
  PostgresAddress,
  PostgresStatefulSet,
  PostgresTls,
  RhdhRelease,
  SonataFlowPlatform,
  Stage,
  StageKind,
} from '..';
import { demandsOn } from '../database/connection-demand';
import { describeWithReference, readLab, referenceFolder } from '../../test/unit/crds/reference';
import { problemsOf } from '../../test/unit/stage';
import { warningsOf } from '../rules/warning';
import { TestFolder } from '../../test/unit/folder';

type Manifest = Record<string, any>;

const folder = new TestFolder();
let files = 0;

const file = (text: string) => folder.write(`${(files += 1)}.yaml`, text);
const newApp = () => new HubApp({ outdir: join(folder.path, `dist-${(files += 1)}`) });

const cloudNativePg = { user: 'username', password: 'password', host: 'host', port: 'port' };

function adopt(
  props: Partial<AdoptedHubProps> & { backstageFile: string },
  tls = PostgresTls.disable(),
  keys?: object,
) {
  const app = newApp();
  const stage = new Stage(app, StageKind.BACKSTAGE, { namespace: 'rhdh' });
  const hub = new AdoptedHub(stage, 'hub', { release: RhdhRelease.V1_8, ...props });
  const address = PostgresAddress.fromHost('db.example.com', 5433);
  hub.connect(
    new ExternalPostgres(stage, 'postgres', {
      address,
      tls,
      credentials: Credentials.fromSecret('login', keys),
    }),
  );
  const documents = () => Testing.synth(stage) as Manifest[];
  return {
    app,
    stage,
    hub,
    documents,
    backstage: () => documents().find(({ kind }) => kind === 'Backstage') as Manifest,
  };
}

const backstage = `
apiVersion: rhdh.redhat.com/v1alpha4
kind: Backstage
metadata:
  name: my-hub
  labels: { team: platform }
  annotations: { created: 2024-01-02T03:04:05Z }
spec:
  futureField: { kept: [1, 2] }
  deployment:
    patch:
      spec:
        template:
          spec:
            volumes:
              - name: dynamic-plugins-root
                ephemeral: null
                persistentVolumeClaim: { claimName: mine }
            containers:
              - name: backstage-backend
                env:
                  - { name: POSTGRES_HOST, value: backstage-psql-my-hub }
                  - { name: LOG_LEVEL, value: debug }
              - name: sidecar
                envFrom:
                  - secretRef: { name: other }
                  - secretRef: { name: backstage-psql-secret-my-hub }
              - name: reader
                env:
                  - name: DATABASE_PASSWORD
                    valueFrom: { secretKeyRef: { name: backstage-psql-secret-my-hub, key: POSTGRES_PASSWORD } }
  application:
    extraEnvs:
      envs: [{ name: POSTGRES_PORT, value: "5432" }, { name: MINE, value: "1" }]
      secrets: [{ name: first }, { name: backstage-psql-secret-my-hub }]
  database: { enableLocalDb: true, authSecretName: backstage-psql-secret-my-hub }
`;

describe('a hub from existing YAML', () => {
  test('takes every property', () => {
    const map = (name: string, key: string) =>
      file(`apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { ${key}: "plugins: []" }\n`);
    const props: Required<AdoptedHubProps> = {
      orchestratorElsewhere: false,
      backstageFile: file(backstage.replace('rhdh.redhat.com/v1alpha4', 'rhdh.redhat.com/v1alpha5')),
      release: RhdhRelease.V1_9,
      dynamicPluginsFile: map('plugins', 'dynamic-plugins.yaml'),
      appConfigFiles: [map('config', 'app-config.yaml')],
      databasesExist: true,
      connectionPools: { plugins: 20, maxPerPlugin: 10 },
    };
    const { hub, documents } = adopt(props);
    expect([hub.name, hub.release, hub.plugins?.configMapName]).toEqual([
      'my-hub',
      RhdhRelease.V1_9,
      'plugins',
    ]);
    expect(documents().map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'ConfigMap plugins',
      'Backstage my-hub',
      'ConfigMap config',
    ]);
    expect(demandsOn(hub.database as ExternalPostgres)).toEqual([{ client: 'hub my-hub', connections: 200 }]);
  });

  test('keeps everything but its database as it was, unknown fields and nulls included', () => {
    const before = parse(backstage);
    const after = adopt({ backstageFile: file(backstage) }).backstage();
    expect(after.metadata).toEqual({
      ...before.metadata,
      namespace: 'rhdh',
      annotations: { created: '2024-01-02T03:04:05Z' },
    });
    expect(after.spec.futureField).toEqual({ kept: [1, 2] });
    expect(after.spec.deployment.patch.spec.template.spec.volumes).toEqual(
      before.spec.deployment.patch.spec.template.spec.volumes,
    );
  });

  test('is moved to the new database: local one off, login from the new Secret, address beside it', () => {
    const { spec } = adopt({ backstageFile: file(backstage) }).backstage();
    expect(spec.database).toEqual({ enableLocalDb: false });
    expect(spec.application.extraEnvs).toEqual({
      envs: [
        { name: 'MINE', value: '1' },
        { name: 'POSTGRES_HOST', value: 'db.example.com' },
        { name: 'POSTGRES_PORT', value: '5433' },
        { name: 'PGSSLMODE', value: 'disable' },
      ],
      secrets: [{ name: 'first' }, { name: 'login' }],
    });
  });

  test('turns the references of its sidecars to the new Secret', () => {
    const { containers } = adopt({ backstageFile: file(backstage) }).backstage().spec.deployment.patch.spec
      .template.spec;
    expect(containers).toEqual([
      { name: 'backstage-backend', env: [{ name: 'LOG_LEVEL', value: 'debug' }] },
      {
        name: 'sidecar',
        envFrom: [{ secretRef: { name: 'other' } }, { secretRef: { name: 'login' } }],
        env: [
          { name: 'POSTGRES_HOST', value: 'db.example.com' },
          { name: 'POSTGRES_PORT', value: '5433' },
        ],
      },
      {
        name: 'reader',
        env: [
          {
            name: 'DATABASE_PASSWORD',
            valueFrom: { secretKeyRef: { name: 'login', key: 'POSTGRES_PASSWORD' } },
          },
        ],
      },
    ]);
  });

  test('maps the keys of a Secret of CloudNativePG, and mounts the authority where it is read', () => {
    const tls = PostgresTls.verifyFull(CertificateAuthority.fromSecret('pg-ca'));
    const backstageFile = file(backstage.replace(', authSecretName: backstage-psql-secret-my-hub', ''));
    const { spec } = adopt({ backstageFile }, tls, cloudNativePg).backstage();
    const key = (name: string, of: string) => ({
      name,
      valueFrom: { secretKeyRef: { name: 'login', key: of } },
    });
    const login = [
      key('POSTGRES_HOST', 'host'),
      key('POSTGRES_PORT', 'port'),
      key('POSTGRES_USER', 'username'),
      key('POSTGRES_PASSWORD', 'password'),
    ];
    const [backend, sidecar, reader] = spec.deployment.patch.spec.template.spec.containers;
    expect(sidecar).toEqual({
      name: 'sidecar',
      envFrom: [{ secretRef: { name: 'other' } }],
      env: [
        ...login,
        { name: 'PGSSLMODE', value: 'verify-full' },
        { name: 'PGSSLROOTCERT', value: '/etc/postgres-ca/ca.crt' },
      ],
      volumeMounts: [{ name: 'postgres-ca', mountPath: '/etc/postgres-ca', readOnly: true }],
    });
    expect(reader.env).toEqual([key('DATABASE_PASSWORD', 'password')]);
    expect(backend.env).toEqual([{ name: 'LOG_LEVEL', value: 'debug' }, ...login]);
    expect(spec.deployment.patch.spec.template.spec.volumes[1]).toEqual({
      name: 'postgres-ca',
      secret: { secretName: 'pg-ca', items: [{ key: 'ca.crt', path: 'ca.crt' }] },
    });
    expect(spec.application.extraEnvs).toEqual({
      envs: [
        { name: 'MINE', value: '1' },
        { name: 'PGSSLMODE', value: 'verify-full' },
        { name: 'NODE_EXTRA_CA_CERTS', value: '/opt/app-root/src/trusted-ca/ca.crt' },
      ],
      secrets: [{ name: 'first' }],
    });
    expect(spec.application.extraFiles).toEqual({
      secrets: [{ name: 'pg-ca', key: 'ca.crt', mountPath: '/opt/app-root/src/trusted-ca' }],
    });
  });

  test('puts the app-config files into the bundle as they are', () => {
    const appConfig =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: config }\nunknown: 1\ndata:\n  a.yaml: "# mine\\na: 1\\n"\n';
    const found = adopt({ backstageFile: file(backstage), appConfigFiles: [file(appConfig)] }).documents();
    expect(found.find(({ metadata }) => metadata.name === 'config')).toEqual({
      ...parse(appConfig),
      metadata: { name: 'config', namespace: 'rhdh' },
    });
  });

  test('keeps comments, order and other keys of the ConfigMap with the plugins', () => {
    const plugins = 'includes: # mine\n  - a.yaml\nplugins:\n  # first\n  - package: ./b\n';
    const configMap = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'p' },
      data: { other: 'x', 'dynamic-plugins.yaml': plugins },
    };
    const found = adopt({
      backstageFile: file(backstage),
      dynamicPluginsFile: file(JSON.stringify(configMap)),
    });
    expect(found.documents().find(({ kind }) => kind === 'ConfigMap')?.data).toEqual(configMap.data);
    expect(found.backstage().spec.application.dynamicPluginsConfigMapName).toBe('p');
  });
});

describeWithReference('The manifests of the lab before exercise 16, adopted', () => {
  const path = (name: string) => join(referenceFolder, 'lab', name);

  function adoptLab(prepare: (hub: AdoptedHub) => void = () => undefined) {
    const app = newApp();
    const stage = (kind: StageKind) => new Stage(app, kind, { namespace: 'rhdh-gitlab' });
    const postgres = new PostgresStatefulSet(stage(StageKind.POSTGRES), 'postgres', {
      name: 'my-backstage-psql-developer-hub',
      secretName: 'my-backstage-psql-secret-developer-hub',
      credentials: Credentials.generated(),
    });
    const hub = new AdoptedHub(stage(StageKind.BACKSTAGE), 'hub', {
      backstageFile: path('rhdh-instance-15.yaml'),
      dynamicPluginsFile: path('dynamic-plugins-16-no-orchestrator.yaml'),
      appConfigFiles: [path('rhdh-app-configmap-14.yaml'), path('ls-app-config-configmap-15.yaml')],
      release: RhdhRelease.V1_8,
    });
    prepare(hub);
    hub.connect(postgres);
    const platform = new SonataFlowPlatform(stage(StageKind.SONATAFLOW), 'platform', { postgres });
    new OrchestratorPlugins(stage(StageKind.ORCHESTRATOR), 'plugins', { hub, platform });
    app.synth();
    const read = (name: string) =>
      parseAllDocuments(readFileSync(join(app.outdir, `${name}.k8s.yaml`), 'utf8')).map(
        (document) => document.toJS() as Manifest,
      );
    return { backstage: read('0200-backstage'), orchestrator: read('0400-orchestrator') };
  }

  const before = () => readLab('rhdh-instance-15.yaml')[0] as Manifest;
  const lab16 = () => readLab('rhdh-instance-16.yaml')[0] as Manifest;
  const hubOf = (documents: Manifest[]) => documents.find(({ kind }) => kind === 'Backstage') as Manifest;

  test('have the database section of exercise 16', () => {
    expect(hubOf(adoptLab().backstage).spec.database).toEqual(lab16().spec.database);
  });

  test('have the extraEnvs section of exercise 16, once its LOG_LEVEL is added, and say that TLS is off', () => {
    const { backstage } = adoptLab((hub) => hub.addEnv({ name: 'LOG_LEVEL', value: 'info' }));
    const expected = lab16().spec.application.extraEnvs;
    expected.envs.push({ name: 'PGSSLMODE', value: 'disable' });
    expect(hubOf(backstage).spec.application.extraEnvs).toEqual(expected);
  });

  test('have the pod of exercise 16, sidecars included', () => {
    expect(hubOf(adoptLab().backstage).spec.deployment.patch.spec.template).toEqual(
      lab16().spec.deployment.patch.spec.template,
    );
  });

  test('differ from exercise 15 in the database only', () => {
    const expected = before();
    expected.metadata.namespace = 'rhdh-gitlab';
    expected.spec.database.enableLocalDb = false;
    expected.spec.application.extraEnvs.secrets.push({ name: 'my-backstage-psql-secret-developer-hub' });
    expected.spec.application.extraEnvs.envs.push({ name: 'PGSSLMODE', value: 'disable' });
    const text = JSON.stringify(expected).replaceAll(
      '"backstage-psql-secret-developer-hub"',
      '"my-backstage-psql-secret-developer-hub"',
    );
    expect(hubOf(adoptLab().backstage)).toEqual(JSON.parse(text));
  });

  test('keep the text of their lists of plugins and app-config files to the letter', () => {
    const { backstage } = adoptLab();
    for (const name of [
      'dynamic-plugins-16-no-orchestrator.yaml',
      'rhdh-app-configmap-14.yaml',
      'ls-app-config-configmap-15.yaml',
    ]) {
      const [original] = readLab(name) as Manifest[];
      const found = backstage.find(
        ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === original.metadata.name,
      );
      expect(found?.data).toEqual(original.data);
    }
  });

  test('get the orchestrator in its own stage, with their comments', () => {
    const text = adoptLab().orchestrator[0].data['dynamic-plugins.yaml'] as string;
    expect(text).toContain('# DevQuotes Dynamic Plugin');
    const [lab] = readLab('dynamic-plugins-16-orchestrator.yaml') as Manifest[];
    const sorted = (list: string) =>
      (parse(list).plugins as Manifest[]).map((plugin) => JSON.stringify(plugin)).sort();
    expect(sorted(text)).toEqual(sorted(lab.data['dynamic-plugins.yaml']));
  });
});

describe('what the operator makes of what is there already', () => {
  const withSpec = (spec: object, apiVersion = 'v1alpha4') =>
    file(
      JSON.stringify({
        apiVersion: `rhdh.redhat.com/${apiVersion}`,
        kind: 'Backstage',
        metadata: { name: 'hub' },
        spec,
      }),
    );
  const patch = (spec: object) => ({ deployment: { patch: { spec: { template: { spec } } } } });
  const { verifyFull, disable } = PostgresTls;

  test('a container of the patch gets the login, and stays one', () => {
    const containers = [
      { name: 'sidecar', image: 'sidecar:1' },
      {
        name: 'backstage-backend',
        env: [{ name: 'LOG_LEVEL', value: 'debug' }],
        envFrom: [{ secretRef: { name: 'mine' } }],
      },
    ];
    const { backstage } = adopt({ backstageFile: withSpec(patch({ containers })) }, disable(), cloudNativePg);
    const [sidecar, hub, ...others] = backstage().spec.deployment.patch.spec.template.spec.containers;
    expect([sidecar, others]).toEqual([containers[0], []]);
    expect(hub.env.map(({ name }: { name: string }) => name)).toEqual([
      'LOG_LEVEL',
      'POSTGRES_HOST',
      'POSTGRES_PORT',
      'POSTGRES_USER',
      'POSTGRES_PASSWORD',
    ]);
    expect(hub.envFrom).toEqual(containers[1].envFrom);
  });

  test('single keys that would win over the new login go, others stay', () => {
    const secrets = [
      { name: 'old', key: 'POSTGRES_USER' },
      { name: 'old', key: 'POSTGRES_PASSWORD', containers: ['backstage-backend'] },
      { name: 'old', key: 'POSTGRES_PASSWORD', containers: ['sidecar'] },
      { name: 'tokens', key: 'GITHUB_TOKEN' },
    ];
    const configMaps = [{ name: 'old', key: 'POSTGRES_HOST' }, { name: 'mine' }];
    const { backstage } = adopt({
      backstageFile: withSpec({ application: { extraEnvs: { secrets, configMaps } } }),
    });
    const { extraEnvs } = backstage().spec.application;
    expect(extraEnvs.secrets).toEqual([secrets[2], secrets[3], { name: 'login' }]);
    expect(extraEnvs.configMaps).toEqual([{ name: 'mine' }]);
  });

  test('a single key that other containers share is refused', () => {
    const secrets = [{ name: 'old', key: 'POSTGRES_USER', containers: ['*'] }];
    const { stage } = adopt({ backstageFile: withSpec({ application: { extraEnvs: { secrets } } }) });
    expect(problemsOf(stage)).toEqual([
      'hub/app-config: spec.application.extraEnvs.secrets[0]: POSTGRES_USER is key POSTGRES_USER of Secret old, but the hub is ' +
        'connected to the database with key POSTGRES_USER of Secret login; take it out, or leave backstage-backend out of its containers',
    ]);
  });

  test('a Secret that is listed already is not listed twice, and authSecretName is no second way', () => {
    const secrets = [{ name: 'login', containers: ['sidecar'] }, { name: 'tokens' }];
    const database = { enableLocalDb: false, authSecretName: 'login' };
    const { backstage } = adopt({
      backstageFile: withSpec({ database, application: { extraEnvs: { secrets } } }),
    });
    const { spec } = backstage();
    expect(spec.database).toEqual({ enableLocalDb: false });
    expect(spec.application.extraEnvs.secrets).toEqual([
      { name: 'tokens' },
      { name: 'login', containers: ['sidecar', 'backstage-backend'] },
    ]);
  });

  test.each([
    [{ secrets: [{ name: 'ca', key: 'ca.crt' }] }, '/opt/app-root/src/ca.crt'],
    [{ secrets: [{ name: 'ca', key: 'ca.crt', mountPath: '/tls' }] }, '/tls/ca.crt'],
    [{ mountPath: '/files', secrets: [{ name: 'ca', mountPath: 'tls' }] }, '/files/tls/ca.crt'],
    [{ secrets: [{ name: 'ca', key: 'ca.crt', containers: ['sidecar'] }] }, '/opt/app-root/src/ca.crt'],
  ])('an authority that is mounted already is read where it is: %j', (extraFiles, path) => {
    const { stage, backstage } = adopt(
      { backstageFile: withSpec({ application: { extraFiles } }) },
      verifyFull(CertificateAuthority.fromSecret('ca')),
    );
    const { application } = backstage().spec;
    expect(application.extraFiles.secrets).toHaveLength(1);
    expect(application.extraEnvs.envs).toContainEqual({ name: 'NODE_EXTRA_CA_CERTS', value: path });
    expect([undefined, ['sidecar', 'backstage-backend']]).toContainEqual(
      application.extraFiles.secrets[0].containers,
    );
    expect(problemsOf(stage)).toEqual([]);
  });

  test.each(['extraEnvs', 'patch'])(
    'so is one that the patch of the pod mounts, with its variable in %s',
    (place) => {
      const variables = [{ name: 'NODE_EXTRA_CA_CERTS', value: '/certs/ca.crt' }];
      const container = { name: 'backstage-backend', volumeMounts: [{ name: 'certs', mountPath: '/certs' }] };
      const patched = place === 'patch' ? { ...container, env: variables } : container;
      const volumes = [{ name: 'certs', secret: { secretName: 'ca' } }];
      const { stage, backstage } = adopt(
        {
          backstageFile: withSpec({
            ...(place === 'extraEnvs' && { application: { extraEnvs: { envs: variables } } }),
            deployment: { patch: { spec: { template: { spec: { containers: [patched], volumes } } } } },
          }),
        },
        verifyFull(CertificateAuthority.fromSecret('ca')),
      );
      expect(problemsOf(stage)).toEqual([]);
      expect(backstage().spec.application.extraFiles).toBeUndefined();
      expect(JSON.stringify(backstage()).match(/NODE_EXTRA_CA_CERTS/g)).toHaveLength(1);
    },
  );

  test.each([
    ['v1alpha1', undefined, disable(), 'v1alpha1', []],
    ['v1alpha1', cloudNativePg, disable(), 'v1alpha2', ['spec.deployment']],
    [
      'v1alpha2',
      undefined,
      verifyFull(CertificateAuthority.fromSecret('ca')),
      'v1alpha3',
      ['spec.application.extraFiles.secrets[].mountPath'],
    ],
  ])(
    '%s is raised where it lacks what is added, and that is said',
    (apiVersion, keys, tls, raised, lacked) => {
      const { stage, backstage } = adopt({ backstageFile: withSpec({}, apiVersion) }, tls, keys);
      expect(backstage().apiVersion).toBe(`rhdh.redhat.com/${raised}`);
      expect(warningsOf(stage)).toEqual(
        lacked.map(
          (field) =>
            `[0200-backstage/hub] rhdh.redhat.com/${apiVersion} has no ${field}, which the hub needs now: ` +
            `the resource is written as rhdh.redhat.com/${raised}`,
        ),
      );
      expect(problemsOf(stage)).toEqual([]);
    },
  );
});

test('an orchestrator that is managed elsewhere keeps its plugins', () => {
  const { backend } = RhdhRelease.V1_8.orchestratorPackages;
  const list = `plugins: [{ package: '${backend}', dependencies: [{}] }]`;
  const plugins = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'plugins' },
    data: { 'dynamic-plugins.yaml': list },
  };
  const { stage, documents } = adopt({
    backstageFile: file(backstage),
    dynamicPluginsFile: file(JSON.stringify(plugins)),
    orchestratorElsewhere: true,
  });
  expect(documents()[0].data['dynamic-plugins.yaml']).toBe(list);
  expect(problemsOf(stage)).toEqual([]);
});

test.each([
  [undefined, true],
  [[{ name: 'lightspeed', enabled: true }], true],
  [[{ name: 'lightspeed', enabled: false }], false],
])('Lightspeed of 1.10 keeps its chats in SQLite, which is said: flavours %j', (flavours, said) => {
  const spec = JSON.stringify({ flavours });
  const backstage = `{ apiVersion: rhdh.redhat.com/v1alpha5, kind: Backstage, metadata: { name: hub }, spec: ${spec} }`;
  const { stage } = adopt({ backstageFile: file(backstage), release: RhdhRelease.V1_10 });
  expect(warningsOf(stage).some((warning) => warning.includes('SQLite'))).toBe(said);
});
