import { parse } from 'yaml';
import { serverIn } from '../../test/unit/servers';
import { objectOf, objectsOf, stageOf } from '../../test/unit/stage';
import { DynamicPlugins } from '../hub/dynamic-plugins';
import { Hub } from '../hub/hub';
import { RhdhRelease } from '../operators/release';
import { isLaterForm } from '../manifest/later-form';
import { warningsOf } from '../rules/warning';
import { apiObjectsOf } from '../stages/api-objects';
import { OrchestratorPlugins, type OrchestratorPluginsProps } from './orchestrator-plugins';
import { SonataFlowPlatform } from './sonataflow-platform';

function pluginsOf(release: RhdhRelease, plugins: DynamicPlugins | undefined, after?: string) {
  const backstage = stageOf();
  const postgres = serverIn(backstage);
  const hub = new Hub(backstage, 'hub', { name: 'hub', release, plugins });
  const platform = new SonataFlowPlatform(stageOf(), 'platform', { postgres });
  const stage = stageOf();
  new OrchestratorPlugins(stage, 'plugins', { hub, platform, after });
  return { stage, hub };
}

const list = DynamicPlugins.of({ configMapName: 'plugins', plugins: [{ package: 'a' }, { package: 'b' }] });
const reader = {
  disabled: false,
  pluginConfig: {
    orchestrator: {
      dataIndexService: { url: 'http://sonataflow-platform-data-index-service.rhdh.svc.cluster.local' },
    },
  },
  dependencies: [{}],
};

test.each([RhdhRelease.V1_8, RhdhRelease.V1_9, RhdhRelease.V1_10])(
  '%# the four plugins of the release are added where it is said',
  (release) => {
    const { stage } = pluginsOf(release, list, 'a');
    const { frontend, backend, scaffolderModule, formWidgets } = release.orchestratorPackages;
    const { metadata, data } = objectOf(stage, 'ConfigMap');
    expect(metadata).toEqual({ name: 'plugins', namespace: 'rhdh' });
    expect(parse(data['dynamic-plugins.yaml']).plugins).toEqual([
      { package: 'a', disabled: false },
      { package: frontend, disabled: false },
      { package: backend, ...reader },
      { package: scaffolderModule, ...reader },
      { package: formWidgets, disabled: false },
      { package: 'b', disabled: false },
    ]);
  },
);

test('they are appended unless a place is said, and replace the ConfigMap of the hub on purpose', () => {
  const { stage, hub } = pluginsOf(RhdhRelease.V1_8, list);
  const { packages } = DynamicPlugins.of({
    plugins: parse(objectOf(stage, 'ConfigMap').data['dynamic-plugins.yaml']).plugins,
  });
  expect(packages).toEqual(['a', 'b', ...Object.values(RhdhRelease.V1_8.orchestratorPackages)]);
  expect(apiObjectsOf(stage).map(isLaterForm)).toEqual([true]);
  expect(hub._orchestrated).toBe(true);
});

test('nothing is made for a hub without list, which is refused', () => {
  expect(objectsOf(pluginsOf(RhdhRelease.V1_8, undefined).stage)).toEqual([]);
});

const listOf = (stage: ReturnType<typeof stageOf>) =>
  parse(objectOf(stage, 'ConfigMap').data['dynamic-plugins.yaml']).plugins as Record<string, any>[];

test('every property reaches the list', () => {
  const backstage = stageOf();
  const hub = new Hub(backstage, 'hub', { name: 'hub', release: RhdhRelease.V1_8, plugins: list });
  const platform = new SonataFlowPlatform(stageOf(), 'platform', { postgres: serverIn(backstage) });
  const integrity = {
    frontend: 'sha512-a',
    backend: 'sha512-b',
    scaffolderModule: 'sha512-c',
    formWidgets: 'sha512-d',
  };
  const props: Required<OrchestratorPluginsProps> = {
    hub,
    platform,
    after: 'a',
    version: '1.8.20',
    integrity,
  };
  const stage = stageOf();
  new OrchestratorPlugins(stage, 'plugins', props);
  expect(listOf(stage).map((item) => [item.package, item.integrity])).toEqual([
    ['a', undefined],
    ['@redhat/backstage-plugin-orchestrator@1.8.20', 'sha512-a'],
    ['@redhat/backstage-plugin-orchestrator-backend-dynamic@1.8.20', 'sha512-b'],
    ['@redhat/backstage-plugin-scaffolder-backend-module-orchestrator-dynamic@1.8.20', 'sha512-c'],
    ['@redhat/backstage-plugin-orchestrator-form-widgets@1.8.20', 'sha512-d'],
    ['b', undefined],
  ]);
});

test.each([
  ['1.8.0', '1.8.2'],
  ['1.8.4', '1.8.2'],
  ['1.8.5', '1.8.9'],
  ['1.8.6', '1.8.12'],
  ['1.8.7', '1.8.12'],
])('in %s the packages are those whose checksums the operator has: %s', (zStream, version) => {
  const { stage } = pluginsOf(RhdhRelease.V1_8.withZStream(zStream), list);
  expect(listOf(stage)[2].package).toBe(`@redhat/backstage-plugin-orchestrator@${version}`);
});

const backendIn = (release: RhdhRelease, ...present: object[]) => {
  const plugins = DynamicPlugins.of({ plugins: present as { package: string }[] });
  return listOf(pluginsOf(release, plugins).stage).filter(({ package: name }) =>
    /orchestrator-backend/.test(name),
  );
};
const mirror =
  'oci://mirror.example.com:8443/rhdh/red-hat-developer-hub-backstage-plugin-orchestrator-backend@sha512:0f0f!orchestrator-backend';

test('a mirror is completed in place', () => {
  expect(backendIn(RhdhRelease.V1_9, { package: mirror, dependencies: [{ ref: 'sonataflow' }] })).toEqual([
    { package: mirror, ...reader },
  ]);
});

test('npm packages of 1.8 become the images of the release', () => {
  const { backend } = RhdhRelease.V1_10.orchestratorPackages;
  const old = {
    package: RhdhRelease.V1_8.orchestratorPackages.backend,
    dependencies: [{ ref: 'sonataflow' }],
  };
  expect(backendIn(RhdhRelease.V1_10, old)).toEqual([{ package: backend, ...reader }]);
});

test('a version without checksum becomes the one that the operator knows, one with its own stays', () => {
  const release = RhdhRelease.V1_8.withZStream('1.8.7');
  const written = '@redhat/backstage-plugin-orchestrator-backend-dynamic@1.8.2';
  expect(backendIn(release, { package: written })[0].package).toBe(release.orchestratorPackages.backend);
  expect(backendIn(release, { package: written, integrity: 'sha512-x' })[0].package).toBe(written);
});

test('2.0 is told by enabled, which wins over what its own list says', () => {
  expect(backendIn(RhdhRelease.V2_0)).toEqual([
    { ...reader, disabled: undefined, package: RhdhRelease.V2_0.orchestratorPackages.backend, enabled: true },
  ]);
});

test('the z-stream is asked for where it decides the version', () => {
  const warned = (release: RhdhRelease) => warningsOf(pluginsOf(release, list).stage);
  expect(warned(RhdhRelease.V1_8.withZStream('1.8.2'))).toEqual([]);
  expect(warned(RhdhRelease.V1_9)).toEqual([]);
  expect(warned(RhdhRelease.V1_8)).toEqual([
    expect.stringContaining("RhdhRelease.V1_8.withZStream('1.8.7')"),
  ]);
});

test('the flavour is switched off: its plugins are in the list', () => {
  const backstage = stageOf();
  const hub = new Hub(backstage, 'hub', {
    name: 'hub',
    release: RhdhRelease.V1_10,
    plugins: list,
    flavours: [
      { name: 'orchestrator', enabled: true },
      { name: 'lightspeed', enabled: false },
    ],
  });
  const platform = new SonataFlowPlatform(stageOf(), 'platform', { postgres: serverIn(backstage) });
  new OrchestratorPlugins(stageOf(), 'plugins', { hub, platform });
  expect(objectOf(backstage, 'Backstage').spec.flavours).toEqual([
    { name: 'orchestrator', enabled: false },
    { name: 'lightspeed', enabled: false },
  ]);
});
