import { objectOf, objectsOf, problemsOf, stageOf } from '../../test/unit/stage';
import { cloudNativePgKeys, serverIn, tlsModes } from '../../test/unit/servers';
import { CertificateAuthority } from '../database/certificate-authority';
import { demandsOn } from '../database/connection-demand';
import { DynamicPlugins } from './dynamic-plugins';
import { ClaimAccess, DynamicPluginsRoot } from './dynamic-plugins-root';
import { DeploymentKind, Hub, type HubProps } from './hub';
import { ContainerPatch, type PodPatch, StrategyPatch, VolumePatch } from './pod-patch';
import { RhdhRelease } from '../operators/release';

const hubProps: HubProps = { name: 'hub', release: RhdhRelease.V1_8 };

function hubWith(props: Partial<HubProps> = {}) {
  const stage = stageOf();
  const hub = new Hub(stage, 'hub', { ...hubProps, ...props });
  return { stage, hub, spec: () => objectOf(stage, 'Backstage').spec };
}

test('every property reaches the Backstage resource', () => {
  const pod: Required<PodPatch> = {
    containers: [ContainerPatch.merge({ name: 'proxy', image: 'proxy:1' })],
    initContainers: [ContainerPatch.remove('unwanted')],
    volumes: [VolumePatch.merge({ name: 'scratch', emptyDir: {} })],
    nodeSelector: { disk: 'ssd' },
    tolerations: [{ key: 'hub', operator: 'Exists' }],
    affinity: {},
    labels: { team: 'platform' },
    annotations: { note: 'text' },
    strategy: StrategyPatch.recreate(),
  };
  const props: Required<HubProps> = {
    name: 'company-hub',
    release: RhdhRelease.V1_10,
    plugins: DynamicPlugins.of({ configMapName: 'company-plugins' }),
    orchestratorElsewhere: false,
    dynamicPluginsRoot: DynamicPluginsRoot.fromClaimName('plugins', ClaimAccess.READ_WRITE_MANY),
    replicas: 2,
    appConfig: { mountPath: '/config', configMaps: [{ name: 'app-config', key: 'app-config.yaml' }] },
    extraFiles: { mountPath: '/files', secrets: [{ name: 'files', key: 'a' }], pvcs: [{ name: 'claim' }] },
    extraEnvs: {
      envs: [{ name: 'A', value: 'b', containers: ['*'] }],
      configMaps: [{ name: 'map' }],
      secrets: [{ name: 'secret', key: 'k' }],
    },
    route: { enabled: false, host: 'hub.example.com', subdomain: 'hub', certificateSecretName: 'hub-tls' },
    monitoring: true,
    flavours: [{ name: 'lightspeed', enabled: false }],
    deploymentKind: DeploymentKind.STATEFUL_SET,
    pod,
    databasesExist: true,
    connectionPools: { plugins: 30, maxPerPlugin: 5 },
  };
  const { stage, hub } = hubWith(props);
  const server = serverIn(stage);
  hub.connect(server);
  const { apiVersion, metadata, spec } = objectOf(stage, 'Backstage');
  expect(apiVersion).toBe('rhdh.redhat.com/v1alpha5');
  expect(metadata).toEqual({ name: 'company-hub', namespace: 'rhdh' });
  expect(objectOf(stage, 'ConfigMap').metadata.name).toBe('company-plugins');
  expect(spec.application).toEqual({
    dynamicPluginsConfigMapName: 'company-plugins',
    appConfig: { mountPath: '/config', configMaps: [{ name: 'app-config', key: 'app-config.yaml' }] },
    extraFiles: { mountPath: '/files', secrets: [{ name: 'files', key: 'a' }], pvcs: [{ name: 'claim' }] },
    extraEnvs: {
      envs: [
        { name: 'A', value: 'b', containers: ['*'] },
        { name: 'POSTGRES_HOST', value: 'db.data.svc.cluster.local' },
        { name: 'POSTGRES_PORT', value: '5432' },
        { name: 'PGSSLMODE', value: 'disable' },
      ],
      configMaps: [{ name: 'map' }],
      secrets: [{ name: 'secret', key: 'k' }, { name: 'login' }],
    },
    route: {
      enabled: false,
      host: 'hub.example.com',
      subdomain: 'hub',
      tls: { externalCertificateSecretName: 'hub-tls' },
    },
  });
  expect([spec.monitoring, spec.flavours, spec.database]).toEqual([
    { enabled: true },
    [{ name: 'lightspeed', enabled: false }],
    { enableLocalDb: false },
  ]);
  expect(spec.deployment).toEqual({
    kind: 'StatefulSet',
    patch: {
      spec: {
        replicas: 2,
        strategy: { type: 'Recreate', rollingUpdate: { $patch: 'delete' } },
        template: {
          metadata: { labels: { team: 'platform' }, annotations: { note: 'text' } },
          spec: {
            nodeSelector: { disk: 'ssd' },
            tolerations: [{ key: 'hub', operator: 'Exists' }],
            affinity: {},
            volumes: [
              {
                $patch: 'replace',
                name: 'dynamic-plugins-root',
                persistentVolumeClaim: { claimName: 'plugins' },
              },
              { name: 'scratch', emptyDir: {} },
            ],
            initContainers: [{ $patch: 'delete', name: 'unwanted' }],
            containers: [{ name: 'proxy', image: 'proxy:1' }],
          },
        },
      },
    },
  });
  expect(demandsOn(server)).toEqual([{ client: 'hub company-hub', connections: 300 }]);
  expect(problemsOf(stage)).toEqual([]);
});

test('a hub of which nothing is said leaves everything to the operator but its database', () => {
  const { stage, hub, spec } = hubWith();
  const server = serverIn(stage);
  hub.connect(server);
  expect(spec()).toEqual({
    deployment: { patch: { spec: { template: { spec: {} } } } },
    application: {
      extraEnvs: {
        envs: [
          { name: 'POSTGRES_HOST', value: 'db.data.svc.cluster.local' },
          { name: 'POSTGRES_PORT', value: '5432' },
          { name: 'PGSSLMODE', value: 'disable' },
        ],
        secrets: [{ name: 'login' }],
      },
    },
    database: { enableLocalDb: false },
  });
  expect([hub.name, hub.release, hub.replicas, hub.plugins, hub.database]).toEqual([
    'hub',
    RhdhRelease.V1_8,
    1,
    undefined,
    server,
  ]);
  expect(demandsOn(server)).toEqual([]);
  expect(problemsOf(stage)).toEqual([]);
});

test('a route is on unless it is switched off', () => {
  expect(hubWith({ route: {} }).spec().application.route).toEqual({ enabled: true });
});

test('a Secret with keys of its own reaches the container of Backstage key by key', () => {
  const { stage, hub, spec } = hubWith();
  hub.connect(serverIn(stage, { keys: cloudNativePgKeys }));
  const fromKey = (name: string, key: string) => ({
    name,
    valueFrom: { secretKeyRef: { name: 'login', key } },
  });
  expect(spec().deployment.patch.spec.template.spec.containers).toEqual([
    {
      name: 'backstage-backend',
      env: [
        fromKey('POSTGRES_HOST', 'host'),
        fromKey('POSTGRES_PORT', 'port'),
        fromKey('POSTGRES_USER', 'username'),
        fromKey('POSTGRES_PASSWORD', 'password'),
      ],
    },
  ]);
  expect(spec().application).toEqual({
    extraEnvs: { envs: [{ name: 'PGSSLMODE', value: 'disable' }] },
  });
});

test.each(['verify-ca', 'verify-full'])(
  'TLS mode %s reaches the hub with the file of the authority',
  (mode) => {
    const { stage, hub, spec } = hubWith();
    hub.connect(serverIn(stage, { tls: tlsModes[mode] }));
    expect(spec().application.extraFiles).toEqual({
      configMaps: [{ name: 'db-ca', key: 'root.pem', mountPath: '/opt/app-root/src/trusted-ca' }],
    });
    expect(spec().application.extraEnvs.envs.slice(2)).toEqual([
      { name: 'PGSSLMODE', value: mode },
      { name: 'NODE_EXTRA_CA_CERTS', value: '/opt/app-root/src/trusted-ca/root.pem' },
    ]);
    expect(problemsOf(stage)).toEqual([]);
  },
);

test('an authority is trusted once, whoever asks for it', () => {
  const { hub, spec } = hubWith();
  hub.trust(CertificateAuthority.fromSecret('ca'));
  hub.trust(CertificateAuthority.fromSecret('ca'));
  expect(spec().application.extraFiles).toEqual({
    secrets: [{ name: 'ca', key: 'ca.crt', mountPath: '/opt/app-root/src/trusted-ca' }],
  });
  expect(hub.trustedAuthorities).toEqual(['Secret ca, key ca.crt']);
});

test('what is added to a hub is in its resource', () => {
  const { hub, spec } = hubWith({ extraEnvs: { envs: [{ name: 'A', value: '1' }] } });
  hub.addEnv({ name: 'A', value: '2' });
  hub.addEnvFromConfigMap({ name: 'map', containers: ['*'] });
  hub.addEnvFromSecret({ name: 'secret' });
  hub.addFilesFromConfigMap({ name: 'map-files' });
  hub.addFilesFromSecret({ name: 'secret-files', key: 'k' });
  hub.addFilesFromPvc({ name: 'claim', mountPath: '/data' });
  hub.addContainer(ContainerPatch.remove('sidecar'));
  hub.addInitContainer(ContainerPatch.remove('init'));
  hub.addVolume(VolumePatch.remove('volume'));
  expect(spec().application).toEqual({
    extraEnvs: {
      envs: [{ name: 'A', value: '2' }],
      configMaps: [{ name: 'map', containers: ['*'] }],
      secrets: [{ name: 'secret' }],
    },
    extraFiles: {
      configMaps: [{ name: 'map-files' }],
      secrets: [{ name: 'secret-files', key: 'k' }],
      pvcs: [{ name: 'claim', mountPath: '/data' }],
    },
  });
  expect(spec().deployment.patch.spec.template.spec).toEqual({
    containers: [{ $patch: 'delete', name: 'sidecar' }],
    initContainers: [{ $patch: 'delete', name: 'init' }],
    volumes: [{ $patch: 'delete', name: 'volume' }],
  });
});

test("the ConfigMap of the plugins comes without the orchestrator's, which a later stage adds", () => {
  const orchestrator = Object.values(RhdhRelease.V1_8.orchestratorPackages).map((name) => ({
    package: name,
  }));
  const { stage, hub } = hubWith({
    plugins: DynamicPlugins.of({ plugins: [{ package: 'quotes' }, ...orchestrator] }),
  });
  expect(objectsOf(stage).find(({ kind }) => kind === 'ConfigMap')?.data).toEqual({
    'dynamic-plugins.yaml':
      'includes:\n  - dynamic-plugins.default.yaml\nplugins:\n  - package: quotes\n    disabled: false\n',
  });
  expect(hub.plugins?.packages).toEqual(['quotes']);
});

test("the caller's objects are left as they are", () => {
  const extraEnvs = { envs: [{ name: 'A', value: '1' }] };
  const { stage, hub } = hubWith({ extraEnvs });
  hub.connect(serverIn(stage));
  expect(extraEnvs).toEqual({ envs: [{ name: 'A', value: '1' }] });
});
