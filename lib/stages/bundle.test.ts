import { ApiObject, type Chart } from 'cdk8s';
import { serverIn } from '../../test/unit/servers';
import { stageOf } from '../../test/unit/stage';
import { SonataFlowPlatform } from '../orchestrator/sonataflow-platform';
import { WorkflowHelmValues } from '../orchestrator/workflow-helm-values';
import { chartBundle, chartObjects, helmBundle } from './bundle';

const configMap = (chart: Chart, name: string) =>
  new ApiObject(chart, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });

test('a bundle holds the objects of its chart, one document each, and says how to apply it', () => {
  const stage = stageOf();
  configMap(stage, 'one');
  configMap(stage, 'other');
  expect(chartBundle(stage, chartObjects(stage, false), 'out')).toEqual({
    path: '0200-backstage.k8s.yaml',
    content: [
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  namespace: rhdh\n',
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: other\n  namespace: rhdh\n',
    ].join('---\n'),
    objects: ['ConfigMap one', 'ConfigMap other'],
    command: 'oc apply -f out/0200-backstage.k8s.yaml',
  });
});

test('objects stand in the order in which they were made, unless they depend on one another', () => {
  const stage = stageOf();
  const one = configMap(stage, 'one');
  one.addDependency(configMap(stage, 'other'));
  const names = (ordered: boolean) => chartObjects(stage, ordered).map(({ metadata }) => metadata.name);
  expect([names(false), names(true)]).toEqual([
    ['one', 'other'],
    ['other', 'one'],
  ]);
});

test.each([
  [
    'rhdh',
    'helm upgrade --install greeting orchestrator-workflows/greeting --namespace rhdh -f out/helm/greeting-values.yaml',
  ],
  [
    undefined,
    'helm upgrade --install greeting orchestrator-workflows/greeting -f out/helm/greeting-values.yaml',
  ],
])('the values of a Helm chart are a bundle too (namespace %s)', (namespace, command) => {
  const stage = stageOf();
  const platform = new SonataFlowPlatform(stage, 'platform', { postgres: serverIn(stage) });
  const values = new WorkflowHelmValues(stage, 'greeting', { name: 'greeting', platform });
  expect(helmBundle(values, namespace, 'out')).toEqual({
    path: 'helm/greeting-values.yaml',
    content: values.toYaml(),
    objects: ['Helm values of workflow greeting'],
    command,
  });
});

test('a bundle with a plain-text Secret says so', () => {
  const stage = stageOf();
  const secret = (id: string, data?: object) =>
    new ApiObject(stage, id, { apiVersion: 'v1', kind: 'Secret', metadata: { name: id }, ...data });
  secret('empty');
  expect(chartBundle(stage, chartObjects(stage, false), 'out').secret).toBeUndefined();
  secret('full', { data: { a: 'Yg==' } });
  expect(chartBundle(stage, chartObjects(stage, false), 'out').secret).toBe(true);
});

test.each([
  [200, 'oc apply -f'],
  [270, 'oc apply --server-side -f'],
])('a bundle with an object of %i KiB is applied by %s', (size, command) => {
  const objects = [{ kind: 'ConfigMap', metadata: { name: 'large' }, data: { a: 'x'.repeat(size * 1024) } }];
  expect(chartBundle(stageOf(), objects, 'out').command).toBe(`${command} out/0200-backstage.k8s.yaml`);
});
