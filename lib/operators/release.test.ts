import { RhdhRelease } from './release';

const { V1_7, V1_8, V1_9, V1_10, V2_0 } = RhdhRelease;

test.each([
  [
    V1_7,
    '1.7',
    'rhdh.redhat.com/v1alpha3',
    ['rhdh.redhat.com/v1alpha1', 'rhdh.redhat.com/v1alpha2', 'rhdh.redhat.com/v1alpha3'],
  ],
  [
    V1_8,
    '1.8',
    'rhdh.redhat.com/v1alpha4',
    [
      'rhdh.redhat.com/v1alpha1',
      'rhdh.redhat.com/v1alpha2',
      'rhdh.redhat.com/v1alpha3',
      'rhdh.redhat.com/v1alpha4',
    ],
  ],
  [
    V1_9,
    '1.9',
    'rhdh.redhat.com/v1alpha5',
    ['rhdh.redhat.com/v1alpha3', 'rhdh.redhat.com/v1alpha4', 'rhdh.redhat.com/v1alpha5'],
  ],
  [V1_10, '1.10', 'rhdh.redhat.com/v1alpha5', ['rhdh.redhat.com/v1alpha4', 'rhdh.redhat.com/v1alpha5']],
])('%# a release is written in its storage version, and serves others', (release, name, written, served) => {
  expect([release.name, release.apiVersion, release.servedApiVersions]).toEqual([name, written, served]);
});

test('plugin dependencies can be dropped since 1.8, and Lightspeed is a flavour since 1.10', () => {
  const releases = [V1_7, V1_8, V1_9, V1_10];
  expect(releases.map(({ dropsPluginDependencies }) => dropsPluginDependencies)).toEqual([
    false,
    true,
    true,
    true,
  ]);
  expect(releases.map(({ hasLightspeedFlavour }) => hasLightspeedFlavour)).toEqual([
    false,
    false,
    false,
    true,
  ]);
});

test('each release lacks the fields that came later and those that went', () => {
  const missing = (release: RhdhRelease) =>
    release.missingFields.map(({ path }) => path.replace(/^spec\./, ''));
  const selectors = [
    'appConfig.configMaps',
    'extraEnvs.envs',
    'extraEnvs.configMaps',
    'extraEnvs.secrets',
    'extraFiles.configMaps',
    'extraFiles.secrets',
    'extraFiles.pvcs',
  ];
  const gone = ['application.replicas', 'application.image', 'application.imagePullSecrets'];
  expect(missing(V1_7)).toEqual([
    'monitoring',
    ...selectors.map((list) => `application.${list}[].containers`),
    'deployment.kind',
    'flavours',
  ]);
  expect(missing(V1_8)).toEqual(['deployment.kind', 'flavours']);
  expect(missing(V1_9)).toEqual([...gone, 'flavours']);
  expect(missing(V1_10)).toEqual(gone);
  expect(missing(V2_0)).toEqual(gone);
});

test('the orchestrator comes from npm up to 1.8, and from the registry since', () => {
  expect(V1_7.orchestratorPackages.frontend).toBe('@redhat/backstage-plugin-orchestrator@1.7.1');
  expect(V1_8.orchestratorPackages).toEqual({
    frontend: '@redhat/backstage-plugin-orchestrator@1.8.2',
    backend: '@redhat/backstage-plugin-orchestrator-backend-dynamic@1.8.2',
    scaffolderModule: '@redhat/backstage-plugin-scaffolder-backend-module-orchestrator-dynamic@1.8.2',
    formWidgets: '@redhat/backstage-plugin-orchestrator-form-widgets@1.8.2',
  });
  const image = (name: string) =>
    `oci://registry.access.redhat.com/rhdh/red-hat-developer-hub-backstage-plugin-${name}:{{inherit}}`;
  expect(V1_9.orchestratorPackages).toEqual({
    frontend: image('orchestrator'),
    backend: image('orchestrator-backend'),
    scaffolderModule: image('scaffolder-backend-module-orchestrator'),
    formWidgets: image('orchestrator-form-widgets'),
  });
  expect(V1_10.orchestratorPackages).toEqual(V1_9.orchestratorPackages);
});
