import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { stageOf } from '../../test/unit/stage';
import { apiObjectsOf } from './api-objects';

test('the objects of a chart are found at any depth, those of a chart inside it are not', () => {
  const stage = stageOf();
  const object = (scope: Construct, name: string) =>
    new ApiObject(scope, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
  object(new Construct(stage, 'inner'), 'deep');
  object(stage, 'flat');
  object(new Chart(stage, 'chart'), 'elsewhere');
  expect(apiObjectsOf(stage).map(({ name }) => name)).toEqual(['deep', 'flat']);
});
