import { configurationHash } from 'cdk8s-rhdh/operators';
import type { KubeObject } from '../kubernetes/object';
import { configHash } from '../gates/backstage-configuration';
import { ObjectSet } from '../gates/object-set';
import type { RolloutObject } from '../stages/rollout-stage';
import { checkPlugins } from './check-plugins';

const hub: KubeObject = {
  apiVersion: 'rhdh.redhat.com/v1alpha4',
  kind: 'Backstage',
  metadata: { name: 'hub', namespace: 'rhdh' },
  spec: { application: { dynamicPluginsConfigMapName: 'plugins' } },
};

const plugins = (list: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'plugins', namespace: 'rhdh' },
  data: { 'dynamic-plugins.yaml': list },
});

const workload = (hash: string): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'backstage-hub', namespace: 'rhdh' },
  spec: { template: { metadata: { annotations: { [configurationHash]: hash } } } },
});

const item = (stageIndex: number, object: KubeObject): RolloutObject => ({
  object,
  manifest: { object, file: 'x.yaml', line: 1 },
  stage: `0${stageIndex}00-stage`,
  stageIndex,
});

const forms = [item(2, plugins('early')), item(4, plugins('late'))];
const hashOf = (list: string) => configHash(hub, new ObjectSet([plugins(list)])) as string;
const check = (live: string, hash: string) =>
  checkPlugins(hub, forms, new ObjectSet([plugins(live), workload(hash)]));

test('the last form, rolled out, passes', () => {
  expect(check('late', hashOf('late'))).toEqual({
    check: 'plugins',
    subject: 'Backstage/hub',
    outcome: 'passed',
    message: 'the plugins of 0400-stage',
    problems: [],
  });
});

test('an earlier form, another content, and a hub that was not rolled out are told apart', () => {
  expect(check('early', hashOf('early'))?.problems).toEqual([
    'ConfigMap/plugins still has the form of 0200-stage, not of 0400-stage',
  ]);
  expect(check('edited', hashOf('edited'))?.problems).toEqual([
    'ConfigMap/plugins is not what 0400-stage says',
  ]);
  expect(check('late', hashOf('early'))?.problems).toEqual([
    'Deployment/backstage-hub was not rolled out with the present configuration',
  ]);
});

test('plugins that the bundles do not carry are nothing to check; carried ones must be there', () => {
  expect(checkPlugins(hub, [], new ObjectSet())).toBeUndefined();
  expect(checkPlugins(hub, forms, new ObjectSet())?.problems).toEqual(['there is no ConfigMap/plugins']);
});
