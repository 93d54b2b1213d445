import { ApiObject } from 'cdk8s';
import { stageOf } from '../../test/unit/stage';
import { isLaterForm, markLaterForm } from './later-form';

test('only an object that was marked replaces another on purpose', () => {
  const stage = stageOf();
  const [one, other] = ['one', 'other'].map(
    (name) => new ApiObject(stage, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } }),
  );
  markLaterForm(one);
  expect([isLaterForm(one), isLaterForm(other)]).toEqual([true, false]);
});
