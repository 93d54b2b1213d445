import { parse } from 'yaml';
import { serverIn } from '../../test/unit/servers';
import { objectOf, objectsOf, stageOf } from '../../test/unit/stage';
import { DynamicPlugins } from '../hub/dynamic-plugins';
import { Hub } from '../hub/hub';
import { RhdhRelease } from '../operators/release';
import { isSuperseding } from '../manifest/superseding';
import { apiObjectsOf } from '../stages/api-objects';
import { OrchestratorPlugins, OrchestratorPluginsProps } from './orchestrator-plugins';
import { SonataFlowPlatform } from './sonataflow-platform';

function pluginsOf(release: RhdhRelease, plugins: DynamicPlugins | undefined, after?: string) {
  const backstage = stageOf();
  const postgres = serverIn(backstage);
  const hub = new Hub(backstage, 'hub', { name: 'hub', release, plugins });
  const platform = new SonataFlowPlatform(stageOf(), 'platform', { postgres });
  const stage = stageOf();
  const props: Required<OrchestratorPluginsProps> = { hub, platform, after: after ?? '' };
  new OrchestratorPlugins(stage, 'plugins', after === undefined ? { hub, platform } : props);
  return { stage, hub };
}

const LIST = DynamicPlugins.of({ configMapName: 'plugins', plugins: [{ package: 'a' }, { package: 'b' }] });
const READER = {
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
    const { stage } = pluginsOf(release, LIST, 'a');
    const { frontend, backend, scaffolderModule, formWidgets } = release.orchestratorPackages;
    const { metadata, data } = objectOf(stage, 'ConfigMap');
    expect(metadata).toEqual({ name: 'plugins', namespace: 'rhdh' });
    expect(parse(data['dynamic-plugins.yaml']).plugins).toEqual([
      { package: 'a', disabled: false },
      { package: frontend, disabled: false },
      { package: backend, ...READER },
      { package: scaffolderModule, ...READER },
      { package: formWidgets, disabled: false },
      { package: 'b', disabled: false },
    ]);
  },
);

test('they are appended unless a place is said, and replace the ConfigMap of the hub on purpose', () => {
  const { stage, hub } = pluginsOf(RhdhRelease.V1_8, LIST);
  const { packages } = DynamicPlugins.of({
    plugins: parse(objectOf(stage, 'ConfigMap').data['dynamic-plugins.yaml']).plugins,
  });
  expect(packages).toEqual(['a', 'b', ...Object.values(RhdhRelease.V1_8.orchestratorPackages)]);
  expect(apiObjectsOf(stage).map(isSuperseding)).toEqual([true]);
  expect(hub._orchestrated).toBe(true);
});

test('nothing is made for a hub without list, which is refused', () => {
  expect(objectsOf(pluginsOf(RhdhRelease.V1_8, undefined).stage)).toEqual([]);
});
