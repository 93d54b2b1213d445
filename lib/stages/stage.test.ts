import { ApiObject } from 'cdk8s';
import { HubApp } from './hub-app';
import { Stage, type StageProps } from './stage';
import { StageKind } from './stage-kind';

test('every property reaches the objects of the stage', () => {
  const props: Required<StageProps> = { namespace: 'rhdh', labels: { team: 'platform' } };
  const stage = new Stage(new HubApp(), StageKind.BACKSTAGE, props);
  const object = new ApiObject(stage, 'map', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'map' },
  });
  expect(object.toJson().metadata).toEqual({ name: 'map', namespace: 'rhdh', labels: { team: 'platform' } });
  expect([stage.kind, stage.node.id]).toEqual([StageKind.BACKSTAGE, '0200-backstage']);
});

test('the kinds are numbered in the order in which they are applied', () => {
  expect(Object.values(StageKind)).toEqual([
    '0000-postgres',
    '0100-migration',
    '0200-backstage',
    '0300-sonataflow',
    '0400-orchestrator',
    '0500-workflows',
  ]);
});

test('an object without a name of its own is remembered with its path', () => {
  const stage = new Stage(new HubApp(), StageKind.BACKSTAGE, { namespace: 'rhdh' });
  new ApiObject(stage, 'nameless', { apiVersion: 'v1', kind: 'ConfigMap' });
  expect(stage._unnamedObjects).toEqual(['ConfigMap at 0200-backstage/nameless']);
});
