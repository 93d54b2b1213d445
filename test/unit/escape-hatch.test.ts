import { ApiObject, JsonPatch } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { CreateDatabase, DynamicPluginsRoot, Workflow } from '../../lib';
import { validApp } from './valid-app';

const { server, backstage, orchestrator, postgres, hub, platform } = validApp();

test.each<[string, IConstruct, string]>([
  ['PostgresStatefulSet', postgres, 'StatefulSet'],
  ['CreateDatabase', new CreateDatabase(server, 'job', { postgres, databaseName: 'a', jobName: 'a' }), 'Job'],
  ['Hub', hub, 'Backstage'],
  ['DynamicPluginsRoot', new DynamicPluginsRoot(backstage, 'root'), 'PersistentVolumeClaim'],
  ['OrchestratorPlugins', orchestrator.node.findChild('plugins'), 'ConfigMap'],
  ['SonataFlowPlatform', platform, 'SonataFlowPlatform'],
  ['Workflow', new Workflow(orchestrator, 'flow', { name: 'flow', platform, flow: {} }), 'SonataFlow'],
])(
  'a JSON patch of the object of a %s has the last word, in fields that nobody here knows',
  (_, construct, kind) => {
    const object = ApiObject.of(construct);
    object.addJsonPatch(
      JsonPatch.replace('/metadata/name', 'patched'),
      JsonPatch.add('/unknown', { a: null }),
    );
    expect(object.toJson()).toMatchObject({ kind, metadata: { name: 'patched' }, unknown: { a: null } });
  },
);
